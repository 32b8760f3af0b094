import { describe, expect, test } from "vitest";
import { readImportTable } from "./import-table.ts";
import { findLines, isTest, listFiles, listFolders, read } from "./tree.ts";

const ROOMS = listFolders("src");
const { rooms: TABLE, pureRooms: PURE } = await readImportTable();
const CODE = ["src", "sdk", "web", "bench", "scripts"].flatMap((folder) => listFiles(folder));
const TYPESCRIPT = CODE.filter((path) => /\.tsx?$/.test(path));

const FORBIDDEN = /^(utils?|helpers?|common|misc|manager|service|data|handle)$/;

/** The lines of the comment that a file begins with, without its marks. */
function headComment(text: string): string[] {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? "";
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*?\s?/, "").trim())
    .filter((line) => line !== "");
}

describe.each(ROOMS)("src/%s", (room) => {
  const face = read(`src/${room}/index.ts`);

  test("has a face of at most 40 lines that begins with 3 to 10 lines of what is here", () => {
    expect(face.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
    expect(headComment(face).length).toBeGreaterThanOrEqual(3);
    expect(headComment(face).length).toBeLessThanOrEqual(10);
  });

  // A folder within a room may stand on the face as one name, its own: `backfill.pauseJob` says where it lives.
  test("has a face that only exports by name what its files hold", () => {
    const code = face.replaceAll(/\/\*[\s\S]*?\*\//g, "").trim();
    const statements = code.split(";").map((statement) => statement.trim());
    const byName = /^export (type )?\{[^}]*\} from "\.\/[^"]+"$/;
    const folder = /^export \* as ([a-z][A-Za-z]*) from "\.\/([a-z-]+)\/index\.ts"$/;
    const others = statements.filter((text) => {
      const [, name, path] = folder.exec(text) ?? [];
      return (
        text !== "" && !byName.test(text) && (name === undefined || name.toLowerCase() !== path?.replaceAll("-", ""))
      );
    });
    expect(others).toEqual([]);
  });

  test("has a row in the import table and in ARCHITECTURE.md", () => {
    expect(Object.keys(TABLE)).toContain(room);
    expect(read("ARCHITECTURE.md")).toMatch(new RegExp(`^\\| \`src/${room}/?\` \\|`, "m"));
  });

  test("is a face of package.json", () => {
    const manifest = JSON.parse(read("package.json")) as { imports: Record<string, string> };
    expect(manifest.imports[`#${room}`]).toBe(`./src/${room}/index.ts`);
  });
});

test("every row of the import table is a folder", () => {
  expect(Object.keys(TABLE).toSorted()).toEqual(ROOMS);
});

test("files have kebab-case names that say what is in them", () => {
  const names = CODE.filter((path) => !path.startsWith("web/public/")).map((path) => path.split("/").at(-1) ?? "");
  const odd = names.filter((name) => !/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(name));
  const forbidden = CODE.filter((path) => path.split("/").some((part) => FORBIDDEN.test(part.split(".")[0] ?? "")));
  expect([...odd, ...forbidden]).toEqual([]);
});

test("the pure rooms do not ask what time it is", () => {
  const files = TYPESCRIPT.filter((path) => PURE.some((room) => path.startsWith(`src/${room}/`)) && !isTest(path));
  expect(files.length).toBeGreaterThan(0);
  expect(findLines(files, /\bnew Date\(\s*\)|(?<!new )\bDate\(/)).toEqual([]);
});

// The patterns below are written so that they do not find themselves.
test("nothing is left for later in the code", () => {
  expect(findLines(TYPESCRIPT, /\b(TOD[O]|FIXM[E]|XX[X])\b/)).toEqual([]);
});

test("the repository names no path outside itself but where it tells of the real blocks", () => {
  const text = listFiles().filter((path) => /\.(ts|tsx|md|mjs|json|yml|sql|css|html)$/.test(path));
  const files = text.filter((path) => path !== "CONTRIBUTING.md" && path !== "package-lock.json");
  expect(findLines(files, /\.\.\/share[d]\b|\/wor[k]\//)).toEqual([]);
});
