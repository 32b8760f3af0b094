import { open } from "node:fs/promises";
import { basename, extname } from "node:path";
import { BUILTIN_FILE } from "../builtin-labels.ts";
import { badFormat, refused, type Refusal, reservedName, sameName, unreadable } from "../errors.ts";
import type { Label } from "../label.ts";
import { type Claim, judgeClaim, type ReadOptions } from "./claim.ts";
import { readCsv } from "./read-csv.ts";
import { readList } from "./read-list.ts";
import { readPools } from "./read-pools.ts";
import { readTagPack } from "./read-tag-pack.ts";

export type LabelFilesOptions = ReadOptions & {
  /** Leaves refused lines out and goes on to the end; otherwise one of them makes the whole reading fail. */
  readonly skipRefused?: boolean;
  readonly onRead?: (labels: number) => void;
};

/** What reading found besides labels; complete when all labels were taken. */
export type ReadReport = {
  labels: number;
  readonly refused: Refusal[];
  /** Tags about coins of other chains, by their name. */
  readonly otherCurrencies: Map<string, number>;
};

export type LabelFiles = {
  /** Names of the files, under which their labels are kept. */
  readonly names: readonly string[];
  readonly report: ReadReport;
  readonly labels: AsyncIterable<Label>;
};

/**
 * Reads files one after the other, a label at a time. All refused lines are found before the end throws them, so
 * whoever stores labels has to take the end of the iteration for the word to keep them.
 */
export function readLabelFiles(paths: readonly string[], options: LabelFilesOptions): LabelFiles {
  const names = paths.map((path) => basename(path));
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) throw sameName(paths[names.indexOf(names[twice] ?? "")] ?? "", paths[twice] ?? "");
  const reserved = paths[names.indexOf(BUILTIN_FILE)];
  if (reserved !== undefined) throw reservedName(reserved);
  const report: ReadReport = { labels: 0, refused: [], otherCurrencies: new Map() };
  return { names, report, labels: readAll(paths, options, report) };
}

async function* readAll(
  paths: readonly string[],
  options: LabelFilesOptions,
  report: ReadReport,
): AsyncGenerator<Label> {
  for (const path of paths) {
    for await (const claim of await openClaims(path, options)) {
      const label = take(claim, options, report);
      if (label !== undefined) yield label;
    }
    options.onRead?.(report.labels);
  }
  if (report.refused.length > 0 && options.skipRefused !== true) throw refused(report.refused);
}

const TOLD_EVERY = 10_000;

function take(claim: Claim, options: LabelFilesOptions, report: ReadReport): Label | undefined {
  const verdict = judgeClaim(claim, basename(claim.file), options);
  if ("label" in verdict) {
    report.labels += 1;
    if (report.labels % TOLD_EVERY === 0) options.onRead?.(report.labels);
    return verdict.label;
  }
  if ("refused" in verdict) report.refused.push({ file: claim.file, line: claim.line, reason: verdict.refused });
  else report.otherCurrencies.set(verdict.otherCurrency, (report.otherCurrencies.get(verdict.otherCurrency) ?? 0) + 1);
  return undefined;
}

/** By the ending; where it tells nothing, by how the file begins. */
async function openClaims(path: string, options: ReadOptions): Promise<AsyncIterable<Claim>> {
  const ending = extname(path).toLowerCase();
  if (ending === ".yaml" || ending === ".yml") return readTagPack(path);
  if (ending === ".json") return readPools(path);
  if (ending === ".csv" || ending === ".tsv") return readCsv(path);
  const begin = await readBegin(path);
  if (/^\s*[[{]/.test(begin)) return readPools(path);
  if (/^tags:/m.test(begin) || /^title:/m.test(begin)) return readTagPack(path);
  if (/^[^\n]*[,;\t]/.test(begin)) return readCsv(path);
  if (options.actor === undefined || options.kind === undefined) {
    throw badFormat({ file: path }, "a bare list of addresses does not say whose they are: name --actor and --kind");
  }
  return readList(path);
}

async function readBegin(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4_096), 0, 4_096, 0);
      return buffer.toString("utf8", 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}
