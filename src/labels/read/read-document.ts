import { readFile, stat } from "node:fs/promises";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import { badFormat, unreadable } from "../errors.ts";

/** A node of a document with the line that it stands on. Everything in it is text: an address like 0x… is no number. */
export type DocumentNode = {
  readonly line: number;
  readonly text: string | undefined;
  readonly items: readonly DocumentNode[] | undefined;
  readonly fields: ReadonlyMap<string, DocumentNode> | undefined;
};

/** A document is held in memory as a whole, at about a hundred times its size. */
const LARGEST_BYTES = 16_000_000;

/** Reads YAML or JSON (which is YAML too) with line numbers. */
export async function readDocument(path: string): Promise<DocumentNode> {
  const lines = new LineCounter();
  const document = parseDocument(await readText(path), { schema: "failsafe", lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) throw badFormat({ file: path, line: lines.linePos(error.pos[0]).line }, error.message);
  if (document.contents === null) throw badFormat({ file: path }, "it is empty");
  return nodeOf(document.contents, lines, path);
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (size > LARGEST_BYTES) {
    throw badFormat({ file: path }, `it has more than ${LARGEST_BYTES / 1e6} MB; divide it, or make it a CSV file`);
  }
  return readFile(path, "utf8").catch((error: unknown) => {
    throw unreadable(path, error);
  });
}

function nodeOf(node: unknown, lines: LineCounter, path: string): DocumentNode {
  const line = lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
  const plain = { line, text: undefined, items: undefined, fields: undefined };
  if (isScalar(node)) return { ...plain, text: typeof node.value === "string" ? node.value : "" };
  if (isSeq(node)) return { ...plain, items: node.items.map((item) => nodeOf(item, lines, path)) };
  if (isMap(node)) return { ...plain, fields: fieldsOf(node, lines, path) };
  if (node === null) return { ...plain, text: "" };
  throw badFormat({ file: path, line }, "it has an alias (*name), which is not read here");
}

function fieldsOf(map: YAMLMap, lines: LineCounter, path: string): Map<string, DocumentNode> {
  return new Map(
    map.items.map(({ key, value }) => {
      const name = nodeOf(key, lines, path);
      const field = nodeOf(value, lines, path);
      // A value that is not there has no place of its own.
      return [name.text ?? "", value === null ? { ...field, line: name.line } : field];
    }),
  );
}
