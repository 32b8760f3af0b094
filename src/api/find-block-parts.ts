import type { BlockHash } from "#bitcoin";
import { type Database, explore } from "#store";
import type { BlockParts } from "./present-chain.ts";

const MOST_TRANSFERS = 200;

/** A block by height or hash with all that is stored of it, by the newest labels or as of a version of them. */
export async function findBlockParts(
  db: Database,
  name: string,
  labelVersion?: number,
): Promise<BlockParts | undefined> {
  const isHash = name.length === 64;
  const block = await explore.findBlock(db, isHash ? (name as BlockHash) : Number(name));
  if (block === undefined) return undefined;
  const { hash, features } = block;
  const [flows, transfers, insights, signals] = await Promise.all([
    explore.findBlockFlows(db, hash, labelVersion),
    explore.listLargeTransfers(db, { limit: MOST_TRANSFERS, minimum: 0, blockHash: hash, labelVersion }),
    explore.listInsightsAt(db, features.height),
    explore.countSignals(db, hash),
  ]);
  return {
    block,
    signals,
    labelVersion: labelVersion ?? null,
    ...flows,
    transfers: transfers.toReversed(),
    insights: insights.filter(({ blockHash }) => blockHash === hash),
  };
}
