import { type ChainSource, openSource, type SourceOptions, type SourceSpec } from "#chain";
import type { LabelLookup } from "#features";
import type { Publication } from "#insights";
import { labelsOfPortable, type PortableLabels } from "#labels";
import { AppError } from "#lib";
import { claimChain, type Database, getCursor } from "#store";
import { CurrentLabels, labelsOfVersion } from "../current-labels.ts";
import { CurrentWatches } from "../current-watches.ts";
import { stagedRecordOf } from "../commands/staged-record.ts";
import { chainOf } from "../ingest-set.ts";
import { openPrices } from "../prices/open-prices.ts";
import type { PriceFile } from "../prices/read-price-file.ts";
import { workRange } from "./work-range.ts";

/** All of it can be sent to a thread. */
export type RangeReaderOptions = {
  readonly spec: SourceSpec;
  readonly sourceOptions: Omit<SourceOptions, "resumeFrom" | "record">;
  /** What amounts are told in, besides; absent where no prices were given. */
  readonly prices?: PriceFile | undefined;
  /** What of the insights is published; absent: all. */
  readonly publication?: Publication | undefined;
  /** Machine, process and thread. */
  readonly worker: string;
  /** `undefined`: as fast as it goes. */
  readonly blocksPerSecond?: number | undefined;
};

export type RangeReader = {
  /** See `workRange`. */
  readonly work: (rangeId: number, signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type { PortableLabels };

/** Where threads leave tables of labels for one another. */
export type LabelShelf = {
  /** The table of a version; `undefined`: whoever asks makes it and leaves it, and others wait for that. */
  readonly take: (version: number) => Promise<PortableLabels | undefined>;
  readonly leave: (labels: PortableLabels) => void;
  /** It could not be made: somebody else who waits for it is to try. */
  readonly giveUp: () => void;
};

type Opening = { readonly db: Database; readonly shelf: LabelShelf; readonly signal: AbortSignal };

/** Opens the source for ranges of its blocks; whoever follows the tip has one of its own. */
export async function openRangeReader(
  { spec, sourceOptions, prices, worker, blocksPerSecond }: RangeReaderOptions,
  { db, shelf, signal }: Opening,
): Promise<RangeReader> {
  const cursor = await getCursor(db);
  const options = { ...sourceOptions, allowBackfill: true, resumeFrom: cursor, record: stagedRecordOf(db) };
  const source = await openSource(spec, options, signal);
  try {
    if (source.kind === "set") {
      throw new AppError(
        "INGEST_BACKFILL_SOURCE",
        `${source.name} holds blocks that do not connect: utxoiq ingest reads them.`,
      );
    }
    await claimChain(db, chainOf(source));
    const labels = await CurrentLabels.open(db, source, (version) => labelsOf(version, { db, source, shelf }));
    const watches = new CurrentWatches(db);
    const quiet = { onProgress: () => {}, onUnknown: () => {} };
    const firstHeight = (cursor?.height ?? -1) + 1;
    const known = prices && (await openPrices({ file: prices, source, firstHeight, db, signal, ...quiet }));
    const reading = { db, source, labels, watches, prices: known, worker, blocksPerSecond };
    return {
      work: (rangeId, stop) => workRange({ ...reading, signal: stop }, rangeId),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

type Labelling = { readonly db: Database; readonly source: ChainSource; readonly shelf: LabelShelf };

/** A million labels take seconds and tens of megabytes: one thread makes the table, and all look into the same memory. */
async function labelsOf(version: number, { db, source, shelf }: Labelling): Promise<LabelLookup> {
  const left = await shelf.take(version);
  if (left !== undefined) return labelsOfPortable(left);
  try {
    const made = await labelsOfVersion(db, source, version);
    shelf.leave(made.share());
    return made;
  } catch (error) {
    shelf.giveUp();
    throw error;
  }
}
