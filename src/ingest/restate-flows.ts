import type { ChainBlock, ChainLink, ChainSource } from "#chain";
import { type Database, getCursor, type LabelledBlock, restateFlows } from "#store";
import { CurrentLabels } from "./current-labels.ts";
import { CurrentWatches } from "./current-watches.ts";
import { createProcessContext, extractBlock } from "./process-block.ts";

/** Blocks that are told anew in one transaction. */
const BATCH_BLOCKS = 50;

type RestateOptions = {
  readonly source: ChainSource;
  readonly db: Database;
  /** Of a set: lower blocks are left as they are. */
  readonly fromHeight: number;
  /** Of a chain: stored blocks that end below the first one to be told anew, ascending. */
  readonly below: readonly ChainLink[];
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal: AbortSignal;
};

/** How many blocks were told anew, by which labels. */
export type Restated = { readonly blocks: number; readonly labelVersion: number };

/**
 * Reads stored blocks again and says by the newest labels who received and spent what; what was said by earlier ones
 * stays. Ends with the block that is the newest when it begins: whoever follows the tip has the newest labels himself.
 * Interrupted it leaves whole blocks, and goes on where it is begun again.
 */
export async function restateBlocks(options: RestateOptions): Promise<Restated> {
  const { source, db, onProgress, signal } = options;
  const labels = await (await CurrentLabels.open(db, source)).newest();
  const watches = await new CurrentWatches(db).newest(labels);
  const context = createProcessContext(source, { labels, watches });
  const { total, blocks } = await listBlocks(options);
  const progress = { done: 0, told: 0 };
  let pending: LabelledBlock[] = [];
  const flush = async (): Promise<void> => {
    progress.told += await restateFlows(db, pending);
    pending = [];
    onProgress({ done: progress.done, total });
  };
  for await (const block of blocks) {
    const { flows, transfers } = extractBlock(block, undefined, context);
    if (flows !== undefined) pending.push({ header: { hash: block.hash }, flows, transfers });
    progress.done += 1;
    if (pending.length >= BATCH_BLOCKS) await flush();
    if (signal.aborted) break;
  }
  await flush();
  return { blocks: progress.told, labelVersion: labels.version };
}

async function listBlocks({ source, db, fromHeight, below, signal }: RestateOptions): Promise<{
  readonly total: number;
  readonly blocks: AsyncIterable<ChainBlock>;
}> {
  if (source.kind === "set") return { total: source.size, blocks: from(fromHeight, source.blocks(signal)) };
  const last = (await getCursor(db))?.height ?? -1;
  const first = (below.at(-1)?.height ?? -1) + 1;
  const total = Math.max(0, last - first + 1);
  const blocks = async function* (): AsyncGenerator<ChainBlock> {
    if (total === 0) return;
    for await (const event of source.follow(below, signal)) {
      if (event.type === "connect") yield event.block;
      if (event.type === "connect" && event.block.height >= last) return;
    }
  };
  return { total, blocks: blocks() };
}

async function* from(height: number, blocks: AsyncIterable<ChainBlock>): AsyncGenerator<ChainBlock> {
  for await (const block of blocks) if (block.height >= height) yield block;
}
