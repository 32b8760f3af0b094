import type { BlockHash } from "#bitcoin";
import type { BlockRef, ChainBlock } from "../../../chain-source.ts";
import type { Random } from "../chance/random.ts";
import type { Template } from "../mempool/template.ts";
import type { WaitingTransaction } from "../mempool/waiting-transaction.ts";
import { RETARGET_BLOCKS } from "./hash-power.ts";
import { coinHeightsOf } from "./seal-block.ts";
import type { Tip } from "./tip.ts";

/**
 * Two branches from one block. What loses is seen first; what wins is kept back until it is longer by one. Both mine
 * from the same mempool: the loser's blocks are what a miner would have taken when the race began.
 */
export type Race = {
  /** Blocks that the losing branch will have, as many as the race is deep. */
  readonly plans: readonly LoserPlan[];
  /** Blocks of the losing branch that were seen, ascending. */
  readonly losers: BlockRef[];
  /** Blocks of the winning branch that nobody has seen yet, ascending. */
  readonly withheld: ChainBlock[];
  /** What those blocks hold. */
  readonly confirmed: WaitingTransaction[];
  /** What the seen blocks hold. */
  readonly seen: Set<WaitingTransaction>;
  readonly firstHeight: number;
  readonly forkHash: BlockHash;
  /** Header times below the next block of the losing branch, as a tip keeps them. */
  readonly headerTimes: number[];
};

export type LoserPlan = { readonly transactions: readonly WaitingTransaction[]; readonly coinHeights: Uint32Array };

/** In so many blocks one race of this depth begins. */
const ODDS = [
  { depth: 3, blocks: 5_000 },
  { depth: 2, blocks: 1_500 },
  { depth: 1, blocks: 220 },
] as const;

/** 0 where no race begins. None does near a retarget, so that both branches have one target. */
export function drawRaceDepth(random: Random, height: number): number {
  const position = height % RETARGET_BLOCKS;
  if (height < 2 || position === 0 || position > RETARGET_BLOCKS - 6) return 0;
  return ODDS.find(({ blocks }) => random.chance(1 / blocks))?.depth ?? 0;
}

export function startRace(
  { height, hash, headerTimes }: Tip & { readonly hash: BlockHash },
  depth: number,
  templates: readonly Template[],
): Race {
  const firstHeight = height + 1;
  const placed = new Map<WaitingTransaction, number>();
  const plans = templates.slice(0, depth).map(({ transactions }, index) => {
    const height = firstHeight + index;
    const coinHeights = coinHeightsOf(transactions, height, placed);
    for (const tx of transactions) placed.set(tx, height);
    return { transactions, coinHeights };
  });
  const branch = { firstHeight, forkHash: hash, headerTimes: [...headerTimes] };
  return { ...branch, plans, losers: [], withheld: [], confirmed: [], seen: new Set() };
}
