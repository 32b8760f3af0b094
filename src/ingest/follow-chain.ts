import type { BlockRef, ChainEvent, FollowableSource } from "#chain";
import type { BlockFeatures } from "#features";
import type { Logger } from "#lib";
import { LOOK_BACK } from "#signals";
import { type BlockToSave, type Database, listRecentFeatures, rollBack, saveBlocks } from "#store";
import { createProcessContext, type ProcessContext, processBlock } from "./process-block.ts";

/** Whole blocks per transaction while catching up; at the tip each block is its own. */
const BATCH_BLOCKS = 50;

/** Blocks before the tip that are announced like live ones, so that who comes then finds the newest. */
const ANNOUNCED_HISTORY = 8;

type FollowOptions = {
  readonly source: FollowableSource;
  readonly db: Database;
  /** Where the store stands. */
  readonly from: BlockRef | undefined;
  /** Height from which on blocks are stored one by one as they come. */
  readonly liveFrom: number;
  readonly onStored: (height: number) => void;
  readonly logger: Logger;
  readonly signal: AbortSignal;
};

type Follower = FollowOptions & {
  readonly context: ProcessContext;
  /** Features of the newest connected blocks, ascending; those of pending blocks included. */
  recent: BlockFeatures[];
  pending: BlockToSave[];
};

/** Stores what happens to the tip, in order, until the signal is aborted. Throws what makes it impossible to go on. */
export async function followChain(options: FollowOptions): Promise<void> {
  const follower: Follower = {
    ...options,
    context: createProcessContext(options.source),
    recent: [...(await listRecentFeatures(options.db, LOOK_BACK))],
    pending: [],
  };
  for await (const event of options.source.follow(options.from, options.signal)) {
    if (options.signal.aborted) break;
    await takeEvent(follower, event);
  }
  await flush(follower);
}

async function takeEvent(follower: Follower, event: ChainEvent): Promise<void> {
  if (event.type === "disconnect") {
    await flush(follower);
    await rollBack(follower.db, event.block);
    follower.recent = [...(await listRecentFeatures(follower.db, LOOK_BACK))];
    follower.logger.info({ height: event.block.height, hash: event.block.hash }, "block disconnected");
    return;
  }
  const { block } = event;
  const processed = processBlock(block, follower.recent, follower.context);
  remember(follower, processed.features);
  const live = block.height >= follower.liveFrom;
  follower.pending.push({ ...processed, announce: block.height > follower.liveFrom - ANNOUNCED_HISTORY });
  if (live || follower.pending.length >= BATCH_BLOCKS) await flush(follower);
}

function remember({ recent }: Follower, features: BlockFeatures): void {
  recent.push(features);
  if (recent.length > LOOK_BACK * 2) recent.splice(0, recent.length - LOOK_BACK);
}

async function flush(follower: Follower): Promise<void> {
  const last = follower.pending.at(-1);
  if (last === undefined) return;
  await saveBlocks(follower.db, follower.pending);
  const blocks = follower.pending.length;
  follower.pending = [];
  follower.onStored(last.header.height);
  follower.logger.info({ height: last.header.height, hash: last.header.hash, blocks }, "blocks stored");
}
