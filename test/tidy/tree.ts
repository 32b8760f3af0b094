import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What is not ours or not in the repository. */
const FOREIGN = new Set([".git", "node_modules", "dist", "data", "coverage"]);

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Every file of the repository below a folder, as a path from its root. */
export function listFiles(folder = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !FOREIGN.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    })
    .toSorted();
}

export function listFolders(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

/** Lines of source in which a pattern is found, as `path:line`, so that a failure says where to look. */
export function findLines(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

/** What a global pattern finds, each once: of every match the first group that took part. */
export function collect(text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].map(
    (match) => match.slice(1).find((group) => group !== undefined) ?? match[0],
  );
  return [...new Set(found)].toSorted();
}
