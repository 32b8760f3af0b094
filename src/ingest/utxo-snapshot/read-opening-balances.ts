import { createHash } from "node:crypto";
import {
  parseSnapshotHeader,
  ParseError,
  SNAPSHOT_HEADER_SIZE,
  type SnapshotHeader,
  SnapshotParser,
  type SnapshotTotals,
  type UnspentOutputView,
} from "#bitcoin";
import type { LabelLookup } from "#features";
import { AppError } from "#lib";
import type { balances } from "#store";
import { type FilePieces, openPieces } from "./file-pieces.ts";
import { EntitySums, LargeScripts } from "./opening-balances.ts";

export type OpeningBalances = {
  readonly header: SnapshotHeader;
  readonly totals: SnapshotTotals;
  /** Of the labels by which the entities were found. */
  readonly labelVersion: number;
  readonly entities: readonly balances.EntityBalance[];
  /** Scripts that hold 1,000 BTC and more. */
  readonly scripts: readonly balances.ScriptBalance[];
};

export type SnapshotProgress = {
  /** 1 or 2: the file is read twice. */
  readonly pass: 1 | 2;
  readonly bytes: number;
  readonly size: number;
};

type ReadOptions = {
  readonly path: string;
  readonly labels: LabelLookup;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SnapshotProgress) => void;
};

/** What the file says of itself: network, base block, number of coins. */
export async function readSnapshotHeader(path: string): Promise<SnapshotHeader> {
  const file = await openPieces(path);
  try {
    for await (const piece of file.pieces()) {
      return namingFile(path, () => parseSnapshotHeader(piece.subarray(0, SNAPSHOT_HEADER_SIZE)));
    }
    return namingFile(path, () => parseSnapshotHeader(new Uint8Array(0)));
  } finally {
    await file.close();
  }
}

/**
 * Reads a file of `dumptxoutset` twice, with a fixed amount of memory: first it sums entities and the buckets that
 * scripts fall into, then the scripts of heavy buckets one by one. `undefined` where it was aborted.
 */
export async function readOpeningBalances(options: ReadOptions): Promise<OpeningBalances | undefined> {
  const { path, labels } = options;
  const file = await openPieces(path);
  try {
    const entities = new EntitySums(labels);
    const first = await readAll(file, { ...options, pass: 1, add: entities.add });
    const scripts = new LargeScripts(labels, entities.heavyBuckets());
    const second = first && (await readAll(file, { ...options, pass: 2, add: scripts.add }));
    if (first === undefined || second === undefined) return undefined;
    if (!isSameSet(first, second)) throw changed(path);
    return {
      ...first,
      labelVersion: labels.version,
      entities: entities.list(),
      scripts: scripts.list(first.header.network),
    };
  } finally {
    await file.close();
  }
}

type Pass = ReadOptions & { readonly pass: 1 | 2; readonly add: (coin: UnspentOutputView) => void };
type ReadSet = Pick<OpeningBalances, "header" | "totals">;

async function readAll(file: FilePieces, { path, signal, onProgress, pass, add }: Pass): Promise<ReadSet | undefined> {
  // The hash of the set is worked out once.
  const createSha256 = pass === 1 ? (): ReturnType<typeof createHash> => createHash("sha256") : undefined;
  const parser = new SnapshotParser({ coin: add, createSha256 });
  let bytes = 0;
  for await (const piece of file.pieces()) {
    if (signal.aborted) return undefined;
    namingFile(path, () => parser.push(piece));
    bytes += piece.length;
    onProgress?.({ pass, bytes, size: file.size });
  }
  const totals = namingFile(path, () => parser.end());
  return parser.header && { header: parser.header, totals };
}

function isSameSet(first: ReadSet, second: ReadSet): boolean {
  return (
    first.header.baseHash === second.header.baseHash &&
    first.totals.coins === second.totals.coins &&
    first.totals.total === second.totals.total &&
    first.totals.bogosize === second.totals.bogosize
  );
}

function namingFile<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { path: field, offset, reason } = error;
    throw new AppError("INGEST_SNAPSHOT_DAMAGED", `${path}: ${field}: ${reason}, at byte ${offset}`, {
      cause: error,
      details: { file: path, path: field, offset },
    });
  }
}

function changed(path: string): AppError {
  return new AppError("INGEST_SNAPSHOT_CHANGED", `${path} was changed while it was read; wait until it is written.`);
}
