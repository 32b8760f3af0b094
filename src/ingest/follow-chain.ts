import type { BlockRef, ChainEvent, ChainLink, FollowableSource } from "#chain";
import type { Publication } from "#insights";
import { invariant, type Logger } from "#lib";
import { type BlockRow, DETECTORS, type Detector, lookBackOf, type Quiet } from "#signals";
import { type BlockToSave, type Database, listRecentRows, saveBlocks } from "#store";
import { HistoryWatch } from "./backfilling/history-watch.ts";
import { ChainDetection } from "./chain-detection.ts";
import { CurrentLabels } from "./current-labels.ts";
import { CurrentWatches } from "./current-watches.ts";
import type { MempoolRecorder } from "./mempool-recorder.ts";
import type { Standing } from "./predictions/prediction-book.ts";
import type { Predictions } from "./predictions/predictions.ts";
import { quietOfLabels } from "./quiet-of-labels.ts";
import { PAUSE, pausing } from "./pausing.ts";
import type { ProcessPrices } from "./prices/open-prices.ts";
import { createProcessContext, type ProcessContext, processBlock } from "./process-block.ts";

/** Whole blocks per transaction while catching up; at the tip each block is its own. */
const BATCH_BLOCKS = 50;

/** Blocks before the tip that are announced like live ones, so that who comes then finds the newest. */
const ANNOUNCED_HISTORY = 8;

export type FollowOptions = {
  readonly source: FollowableSource;
  readonly db: Database;
  /** The newest blocks of the store. */
  readonly held: readonly ChainLink[];
  readonly prices?: ProcessPrices | undefined;
  /** Absent: all is published. */
  readonly publication?: Publication | undefined;
  /** Called with the newest block whenever blocks were stored, and the tip that the source goes to. */
  readonly onStored: (newest: { readonly height: number; readonly time: number }, tipHeight: number) => void;
  /** Called with how long each block took that was stored. */
  readonly onProcessed?: (blocks: readonly ProcessedBlock[]) => void;
  /** Called with the number of stored blocks that are undone and not replaced yet, whenever it changes. */
  readonly onUndone?: (blocks: number) => void;
  /** Knows what was expected of a block. */
  readonly recorder?: MempoolRecorder;
  /** Says what comes and holds it against what came; stands at the newest stored block. */
  readonly predictions?: Predictions;
  /** What looks for signals; all there are unless told otherwise. */
  readonly detectors?: readonly Detector[];
  readonly logger: Logger;
  readonly signal: AbortSignal;
};

/** How long a block took, milliseconds. */
export type ProcessedBlock = {
  /** To read what it says and to store it: of blocks that are stored together the same part of that each. */
  readonly processingMs: number;
  /** From when the source told of it to when it was stored; `null` where it did not. */
  readonly lagMs: number | null;
};

type Pending = BlockToSave & { readonly timing: { readonly readMs: number; readonly heardAt: number | undefined } };

type Follower = FollowOptions & {
  context: ProcessContext;
  readonly labels: CurrentLabels;
  readonly watches: CurrentWatches;
  /** Stands at the newest block, pending ones included. */
  detection: ChainDetection;
  readonly history: HistoryWatch;
  pending: Pending[];
  /** Stored blocks that pending ones replace, the tip first. A reorg is stored and told as one. */
  undone: BlockRef[];
  /** The batch that the database takes while the next one is made. */
  saving: Promise<void>;
  /** Of the newest block that was given to the database; below 0 where none was. */
  storedHeight: number;
  /** Where the source was last on its way to. */
  tipHeight: number;
};

/** Stores what happens to the tip, in order, until the signal is aborted. Throws what makes it impossible to go on. */
export async function followChain(options: FollowOptions): Promise<void> {
  const labels = await CurrentLabels.open(options.db, options.source);
  const watches = new CurrentWatches(options.db);
  const { db, detectors = DETECTORS } = options;
  // Before the rows are read: what changes from here on is noticed.
  const history = await HistoryWatch.open(db, { detectors, publication: options.publication });
  const follower: Follower = {
    ...options,
    labels,
    watches,
    history,
    context: createProcessContext(options.source, {
      labels: await labels.newest(),
      prices: options.prices,
      publication: options.publication,
    }),
    detection: new ChainDetection(detectors, await listRecentRows(db, lookBackOf(detectors))),
    pending: [],
    undone: [],
    saving: Promise.resolve(),
    storedHeight: options.held.at(-1)?.height ?? -1,
    tipHeight: 0,
  };
  try {
    for await (const event of pausing(options.source.follow(options.held, options.signal))) {
      if (options.signal.aborted) break;
      // The source has stopped on its way, so what is at hand is not kept waiting.
      if (event === PAUSE) await flushWhole(follower);
      else await takeEvent(follower, event);
    }
  } finally {
    await flushWhole(follower);
  }
}

/** Half a reorg is not stored: the next start finds the chain as it was and goes through all of it. */
async function flushWhole(follower: Follower): Promise<void> {
  if (follower.undone.length === 0) await flush(follower);
  await follower.saving;
}

async function takeEvent(follower: Follower, event: ChainEvent): Promise<void> {
  if (event.type === "connect") await takeBlock(follower, event);
  else takeBack(follower, event.block);
}

/** The block that is undone is the newest: a pending one is forgotten, a stored one waits for what replaces it. */
function takeBack(follower: Follower, block: BlockRef): void {
  follower.logger.info({ height: block.height, hash: block.hash }, "block disconnected");
  if (follower.pending.at(-1)?.header.hash === block.hash) follower.pending.pop();
  else follower.undone.push(block);
  follower.onUndone?.(follower.undone.length);
  follower.detection.takeBack();
  follower.predictions?.book.takeBack();
}

/** What detectors look back on, the blocks that were undone left out: older ones take their place. */
async function listPast(follower: Follower): Promise<readonly BlockRow[]> {
  await follower.saving;
  const { db, detectors = DETECTORS, undone, pending } = follower;
  const stored = await listRecentRows(db, lookBackOf(detectors) + undone.length);
  return [...stored.slice(0, stored.length - undone.length), ...pending];
}

/** Where the chain stands without the blocks that were taken back. */
async function standing({ saving, storedHeight, undone, pending }: Follower): Promise<Standing> {
  await saving;
  return { height: storedHeight - undone.length, pending };
}

/** A backfill has changed what blocks look back on: what was stored without knowing is judged anew, and what follows with it. */
async function renewHistory(follower: Follower): Promise<void> {
  const { history, undone, db, detectors = DETECTORS } = follower;
  // Half a reorg cannot be stored; it is asked again with the next block.
  if (undone.length > 0 || !(await history.hasChanged())) return;
  await flush(follower);
  await follower.saving;
  await history.catchUp();
  follower.detection = new ChainDetection(detectors, await listRecentRows(db, lookBackOf(detectors)));
  follower.logger.info("history was read anew below");
}

type Connected = Extract<ChainEvent, { type: "connect" }>;

async function takeBlock(follower: Follower, { block, tipHeight, heardAt }: Connected): Promise<void> {
  await renewHistory(follower);
  const begun = performance.now();
  const { detection, predictions, pending, undone } = follower;
  await detection.settle(() => listPast(follower));
  await predictions?.book.settle(() => standing(follower));
  follower.tipHeight = tipHeight;
  await renewContext(follower, block.height);
  const { said, ...processed } = processBlock(block, { parents: detection.parents(), detection }, follower.context);
  // Whoever heard that blocks were undone hears of all that replace them.
  const announce = undone.length > 0 || block.height > tipHeight - ANNOUNCED_HISTORY;
  const expectation = await follower.recorder?.compare(block, processed.header.prevHash);
  const whole = { ...processed, lowRate: predictions?.lowRate(block, tipHeight) };
  const made = predictions?.take(whole, said, block.height >= tipHeight);
  const timing = { readMs: performance.now() - begun, heardAt };
  pending.push({ ...whole, announce, expectation, predictions: made, timing });
  if (!isWhole(follower, block)) return;
  await flush(follower);
  if (block.height >= tipHeight) await follower.saving;
}

/** A block is read with one version of the labels and watches; they change between two blocks, without a restart. */
async function renewContext(follower: Follower, height: number): Promise<void> {
  const labels = await follower.labels.newest();
  const watches = await follower.watches.newest(labels);
  const renewed = labels !== follower.context.labels;
  const observed = observe(follower, height);
  const calibration = follower.predictions?.book.calibration;
  follower.context = { ...follower.context, labels, watches, observed, calibration };
  if (!renewed) return;
  follower.logger.info({ version: labels.version, entities: labels.entities.length }, "labels renewed");
}

/** What is the matter and in no block; logged where it begins. */
function observe({ labels, context, logger }: Follower, height: number): readonly Quiet[] {
  const [before] = context.observed ?? [];
  const { unreadable } = labels;
  if (unreadable === undefined) return [];
  if (before === undefined) logger.error(unreadable, "labels cannot be read; blocks go on by those before");
  return [quietOfLabels(unreadable, context.labels.version, before?.sinceHeight ?? height)];
}

/** Whether what is pending can be stored: at the tip, or enough of it, and of a reorg more than it undoes. */
function isWhole({ pending, undone, tipHeight }: Follower, block: BlockRef): boolean {
  if (block.height >= tipHeight) return true;
  const [highest] = undone;
  return highest === undefined ? pending.length >= BATCH_BLOCKS : block.height > highest.height;
}

/** Begins to store what is pending, once what came before it is stored. */
async function flush(follower: Follower): Promise<void> {
  if (follower.pending.length === 0) return;
  await follower.saving;
  const { pending, undone } = follower;
  follower.pending = [];
  follower.undone = [];
  follower.storedHeight = pending.at(-1)?.header.height ?? follower.storedHeight;
  follower.saving = save(follower, pending, undone);
  follower.saving.catch(() => {
    // Told to who waits for it: the next batch, or the end.
  });
}

async function save(follower: Follower, blocks: readonly Pending[], undone: readonly BlockRef[]): Promise<void> {
  const { db, tipHeight, predictions, onStored, onProcessed, logger } = follower;
  const begun = performance.now();
  await saveBlocks(db, blocks, undone);
  const stored = performance.now();
  const eachMs = (stored - begun) / blocks.length;
  onProcessed?.(
    blocks.map(({ timing: { readMs, heardAt } }) => ({
      processingMs: readMs + eachMs,
      lagMs: heardAt === undefined ? null : stored - heardAt,
    })),
  );
  const header = blocks.at(-1)?.header;
  invariant(header !== undefined, "a batch holds blocks");
  predictions?.stored(blocks);
  // More may have been undone meanwhile.
  if (undone.length > 0) follower.onUndone?.(follower.undone.length);
  onStored(header, tipHeight);
  const { height, hash } = header;
  logger.info({ height, hash, blocks: blocks.length, undone: undone.length }, "blocks stored");
}
