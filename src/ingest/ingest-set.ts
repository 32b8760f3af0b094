import type { BlockSetSource } from "#chain";
import type { Publication } from "#insights";
import { Detection } from "#signals";
import { type Database, saveBlocks } from "#store";
import { CurrentLabels } from "./current-labels.ts";
import { CurrentWatches } from "./current-watches.ts";
import type { ProcessPrices } from "./prices/open-prices.ts";
import { createProcessContext, processBlock } from "./process-block.ts";

export type SetProgress = { readonly done: number; readonly total: number };

export type SetResult = {
  readonly stored: number;
  /** Blocks that were there already and are left as they are. */
  readonly known: number;
  readonly signals: number;
  readonly insights: number;
  /** Heights of blocks that came without spent outputs; they are not stored. */
  readonly withoutSpent: readonly number[];
};

type SetOptions = {
  readonly source: BlockSetSource;
  readonly db: Database;
  readonly prices?: ProcessPrices | undefined;
  readonly publication?: Publication | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SetProgress) => void;
};

/** Stores every block of a set in a database that is claimed for its chain, one transaction each; a bad block ends it and leaves nothing of itself. */
export async function ingestSet({ db, onProgress, ...options }: SetOptions): Promise<SetResult> {
  const { source, prices, publication, signal } = options;
  const labels = await CurrentLabels.open(db, source);
  const watches = new CurrentWatches(db);
  const result = { stored: 0, known: 0, signals: 0, insights: 0, withoutSpent: [] as number[] };
  let done = 0;
  for await (const block of source.blocks(signal)) {
    if (block.spent === undefined) {
      result.withoutSpent.push(block.height);
    } else {
      const newest = await labels.newest();
      const known = { labels: newest, watches: await watches.newest(newest) };
      const context = createProcessContext(source, { ...known, prices, publication });
      await storeBlock(db, processBlock(block, { parents: undefined, detection: new Detection() }, context), result);
    }
    done += 1;
    onProgress({ done, total: source.size });
  }
  return result;
}

type Counts = { stored: number; known: number; signals: number; insights: number };

async function storeBlock(db: Database, processed: ReturnType<typeof processBlock>, counts: Counts): Promise<void> {
  const { saved } = await saveBlocks(db, [{ ...processed, announce: false }]);
  if (saved === 0) {
    counts.known += 1;
    return;
  }
  counts.stored += 1;
  counts.signals += processed.signals.length;
  counts.insights += processed.insights.length;
}

export function chainOf(source: Pick<BlockSetSource, "network" | "chainId">): {
  network: string;
  chainId: string;
  simulated: boolean;
} {
  return { network: source.network.name, chainId: source.chainId, simulated: source.network.simulated };
}
