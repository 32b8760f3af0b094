import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { SETTINGS, type Setting } from "#config";
import { insight } from "#contract";
import { describeFeatures } from "#features";
import { DETECTORS } from "#signals";
import { collect, findLines, isTest, listFiles, listFolders, read } from "./tree.ts";

const DOCUMENTS = listFiles().filter((path) => path.endsWith(".md"));
const SOURCES = ["src", "sdk", "web", "bench", "scripts", "test"].flatMap((folder) => listFiles(folder));
const TYPESCRIPT = SOURCES.filter((path) => /\.tsx?$/.test(path));

/** Looks like a file or folder of this repository, and names one, not a pattern. */
const REPOSITORY_PATH =
  /^(?:(?:src|web|sdk|test|bench|scripts|docs|\.ci|\.github)\/[\w./-]*|[A-Z]+\.md|\.?[\w.-]+\.(?:json|mjs))$/;
/** Made when the program is built or runs. */
const MADE = /^(web\/dist|coverage|data)(\/|$)/;

function withoutFences(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, "");
}

function citedPaths(document: string): string[] {
  const text = withoutFences(read(document));
  const code = collect(text, /`([^`\n]+)`/g).filter((path) => REPOSITORY_PATH.test(path));
  const links = collect(text, /\]\(([^)\s#]+)(?:#[^)]*)?\)/g).filter((target) => !/^[a-z]+:/.test(target));
  return [...code, ...links.map((target) => normalize(join(dirname(document), target)))];
}

test.each(DOCUMENTS)("every path cited in %s exists", (document) => {
  const missing = citedPaths(document).filter((path) => !MADE.test(path) && !existsSync(path));
  expect(missing).toEqual([]);
});

test("every document cited in the code exists", () => {
  const cited = TYPESCRIPT.flatMap((path) => collect(read(path), /\bdocs\/[\w/-]+\.(?:md|svg|png)\b/g));
  expect([...new Set(cited)].filter((path) => !existsSync(path))).toEqual([]);
});

test("documents are calm: no emoji", () => {
  expect(DOCUMENTS.length).toBeGreaterThan(5);
  expect(findLines(DOCUMENTS, /\p{Emoji_Presentation}|\u{FE0F}|[\u{2705}\u{2713}\u{2714}\u{274C}\u{26A0}]/u)).toEqual(
    [],
  );
});

describe("docs/reference/settings.md", () => {
  const text = (): string => read("docs/reference/settings.md");

  test.each(Object.values<Setting>(SETTINGS))("has $flag with its variables, default and sentence", (setting) => {
    const row = text()
      .split("\n")
      .find((line) => line.includes(`\`${setting.flag}\``));
    expect(row).toBeDefined();
    for (const part of [...setting.env, setting.default ?? "none", setting.sentence]) expect(row).toContain(part);
  });

  test("has no variable that nothing reads", () => {
    const known = Object.values<Setting>(SETTINGS).flatMap(({ env }) => env);
    expect(collect(text(), /\bUTXOIQ_[A-Z_]+/g).filter((name) => !known.includes(name))).toEqual([]);
  });
});

test("docs/reference/features.md is what the catalogue says", () => {
  // `npm run -s utxoiq -- features --fields` prints the table.
  expect(read("docs/reference/features.md")).toContain(`${describeFeatures()}\n`);
});

test("docs/reference/errors.md has every error code of the source, and no other", () => {
  const rooms = listFolders("src")
    .map((room) => room.toUpperCase())
    .join("|");
  const code = TYPESCRIPT.filter((path) => path.startsWith("src/") && !isTest(path))
    .map(read)
    .join("\n");
  const used = collect(code, new RegExp(`["']((?:${rooms})_[A-Z0-9_]+)["']|^ +((?:${rooms})_[A-Z0-9_]+): \\{`, "gm"));
  const documented = collect(read("docs/reference/errors.md"), new RegExp(`\\b(?:${rooms})_[A-Z0-9_]+`, "g"));
  expect(used.length).toBeGreaterThan(10);
  expect(documented).toEqual(used);
});

describe("signals", () => {
  const kinds = DETECTORS.map(({ kind }) => kind).toSorted();

  test("every kind has its page, and every page a kind", () => {
    expect(listFiles("docs/signals")).toEqual(kinds.map((kind) => `docs/signals/${kind}.md`));
  });

  test("the contract knows the same kinds", () => {
    expect(insight.shape.kind.options.toSorted()).toEqual(kinds);
  });
});

describe("docs/guide/quick-reference.md", () => {
  const text = read("docs/guide/quick-reference.md");

  test("has every route that anyone may call, and no other", () => {
    const routes = collect(read("src/api/permissions.ts"), /"((?:GET|POST|PUT|PATCH|DELETE) \/[^"]*)"/g);
    // The page's own files are no endpoints for a person.
    const forPeople = routes.filter((route) => !/ \/(assets\/\*|favicon\.svg)$/.test(route));
    const documented = collect(text, /`((?:GET|POST|PUT|PATCH|DELETE) \/[^`?]*)/g);
    expect(documented).toEqual(forPeople.map((route) => route.replaceAll(/:(\w+)/g, "{$1}")).toSorted());
  });

  test("has every command, and no other", () => {
    const commands = collect(read("src/cli/commands.ts"), /\bname: "([a-z]+)"/g);
    expect(commands.length).toBeGreaterThan(2);
    expect(collect(text, /`utxoiq ([a-z]+)/g)).toEqual(commands);
  });

  test("has every script of package.json, and no other", () => {
    const manifest = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const documented = collect(text, /`npm (?:run )?([a-z:]+)/g).filter((name) => name !== "ci");
    expect(documented).toEqual(Object.keys(manifest.scripts).toSorted());
  });
});
