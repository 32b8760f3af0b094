import { HEADER_SIZE, parseHeader } from "#bitcoin";
import type { ChainBlock, FollowableSource } from "#chain";
import { type BlockFeatures, PARENT_TIMES } from "#features";
import { AppError, codeOf, messageOf } from "#lib";
import { backfill, type Database } from "#store";
import type { CurrentLabels } from "../current-labels.ts";
import type { CurrentWatches } from "../current-watches.ts";
import type { ProcessPrices } from "../prices/open-prices.ts";
import { createProcessContext, extractBlock, type ProcessContext } from "../process-block.ts";
import { headerOf } from "../header-of.ts";
import { pacing } from "./pacing.ts";

/** Whole blocks of one transaction. */
const BATCH_BLOCKS = 25;

/** So often a block is tried before it is left out. */
const ATTEMPTS = 3;

/** What the source will say of every other block, too. */
const HOPELESS = new Set(["CHAIN_PRUNED", "CHAIN_UNKNOWN_BLOCK"]);

export type RangeWork = {
  readonly db: Database;
  readonly source: FollowableSource;
  readonly labels: CurrentLabels;
  readonly watches: CurrentWatches;
  readonly prices: ProcessPrices | undefined;
  /** Machine and process, for who looks at the job. */
  readonly worker: string;
  /** `undefined`: as fast as it goes. */
  readonly blocksPerSecond: number | undefined;
  readonly signal: AbortSignal;
};

/** A block that cannot be read or makes no sense. */
class BlockFailure extends Error {
  readonly height: number;

  constructor(height: number, cause: unknown) {
    super(messageOf(cause), { cause });
    this.height = height;
  }
}

/**
 * Reads the blocks of a range from where it was left and stores what follows from each of them alone. A block that fails
 * is tried again, then left out. Returns when there is nothing left to do, or the signal is aborted.
 * @throws what lies in the source or the database: whoever has the range tries again later
 */
export async function workRange(work: RangeWork, rangeId: number): Promise<void> {
  const attempts = new Map<number, number>();
  for (;;) {
    const range = await backfill.takeRange(work.db, rangeId, work.worker);
    if (range === undefined || work.signal.aborted) return;
    try {
      await readRange(work, range);
    } catch (error) {
      if (work.signal.aborted) return;
      if (!(error instanceof BlockFailure)) throw error;
      const tries = (attempts.get(error.height) ?? 0) + 1;
      attempts.set(error.height, tries);
      await seeToFailure(work, { range, error, tries });
    }
  }
}

type Failed = {
  readonly range: backfill.BackfillRange;
  readonly error: BlockFailure;
  readonly tries: number;
};

async function seeToFailure({ db, worker }: RangeWork, { range, error, tries }: Failed): Promise<void> {
  const { cause, height } = error;
  const failure = { code: codeOf(cause) ?? "INGEST_BACKFILL_FAILED", message: messageOf(cause) };
  if (HOPELESS.has(failure.code)) return backfill.endJob(db, range.jobId, failure);
  const { jobId } = range;
  // The source does not answer: not this block is to blame.
  if (cause instanceof AppError && cause.retryable) throw cause;
  if (tries < ATTEMPTS) await backfill.noteFailure(db, { jobId, height }, failure);
  else await backfill.parkBlock(db, { range, fromHeight: height, toHeight: height + 1, worker }, failure);
}

async function readRange(work: RangeWork, range: backfill.BackfillRange): Promise<void> {
  const { db, worker } = work;
  let pending: backfill.BackfilledBlock[] = [];
  let saving: Promise<boolean> = Promise.resolve(true);
  const flush = async (): Promise<boolean> => {
    if (!(await saving)) return false;
    const blocks = pending;
    pending = [];
    const [first, last] = [blocks[0]?.header.height, blocks.at(-1)?.header.height];
    if (first === undefined || last === undefined) return true;
    saving = backfill.saveRangeBlocks(db, { range, fromHeight: first, toHeight: last + 1, worker }, blocks);
    saving.catch(() => {
      // Told to who waits for it: the next batch, or the end.
    });
    return true;
  };
  try {
    for await (const block of extracted(work, range)) {
      pending.push(block);
      if (pending.length >= BATCH_BLOCKS && !(await flush())) return;
    }
  } finally {
    await flush();
    await saving;
  }
}

async function* extracted(
  work: RangeWork,
  { nextHeight, lastHeight, bottom }: backfill.BackfillRange,
): AsyncGenerator<backfill.BackfilledBlock> {
  const parents = await readParents(work, { bottom, height: nextHeight });
  const context = await contextOf(work);
  const waitForTurn = pacing(work.blocksPerSecond, work.signal);
  let height = nextHeight;
  const blocks = blocksOf(work, { first: nextHeight, last: lastHeight });
  try {
    for await (const next of blocks) {
      if (work.signal.aborted) return;
      const block = whole(next, parents, context);
      parents.push(block.features);
      if (parents.length > PARENT_TIMES) parents.shift();
      yield block;
      height += 1;
      await waitForTurn();
    }
  } catch (error) {
    throw new BlockFailure(height, error);
  }
}

function blocksOf({ source, signal }: RangeWork, heights: { first: number; last: number }): AsyncIterable<ChainBlock> {
  if (source.readRange === undefined) {
    const message = `${source.name} gives blocks on the way to its tip alone, so older ones cannot be asked for.`;
    throw new AppError("INGEST_BACKFILL_SOURCE", message);
  }
  return source.readRange(heights, signal);
}

/** Of blocks that are, or will be, stored. */
async function readParents(
  work: RangeWork,
  { bottom, height }: { readonly bottom: number; readonly height: number },
): Promise<Pick<BlockFeatures, "time">[]> {
  const heights = { first: Math.max(bottom, height - PARENT_TIMES), last: height - 1 };
  if (heights.first > heights.last) return [];
  try {
    const times = await work.source.headerTimes?.(heights, work.signal);
    if (times !== undefined && times.length === heights.last - heights.first + 1 && !times.includes(0)) {
      return Array.from(times, (time) => ({ time }));
    }
    const parents: Pick<BlockFeatures, "time">[] = [];
    for await (const { bytes } of blocksOf(work, heights)) {
      parents.push({ time: parseHeader(bytes.subarray(0, HEADER_SIZE)).time });
    }
    return parents;
  } catch (error) {
    throw new BlockFailure(height, error);
  }
}

async function contextOf({ source, labels, watches, prices }: RangeWork): Promise<ProcessContext> {
  const newest = await labels.newest();
  return createProcessContext(source, { labels: newest, watches: await watches.newest(newest), prices });
}

function whole(
  block: ChainBlock,
  parents: readonly Pick<BlockFeatures, "time">[],
  context: ProcessContext,
): backfill.BackfilledBlock {
  const extracted = extractBlock(block, parents, context);
  const { features, transfers, flows, priceFeatures } = extracted;
  if (flows === undefined) {
    throw new AppError(
      "INGEST_SPENT_MISSING",
      `${block.origin.block}: its spent outputs are missing, so it is not stored`,
    );
  }
  return { header: headerOf(block, extracted), features, transfers, flows, priceFeatures };
}
