import type { BlockHash } from "#bitcoin";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";

type Heights = { readonly fromHeight: number; readonly toHeight: number };

/** A block whose packages somebody looked at. */
export type LowRateBlock = {
  readonly height: number;
  readonly hash: BlockHash;
  /** Header time, unix seconds. */
  readonly time: number;
  /** sat/vB below which 5 % of its weight lies; `null` of an empty block. */
  readonly lowRate: number | null;
};

/** Connected blocks, ascending by height; those that nobody looked at are left out. */
export async function listLowRates(db: Database, { fromHeight, toHeight }: Heights): Promise<readonly LowRateBlock[]> {
  const rows = await db
    .selectFrom("block_low_rates")
    .innerJoin("block_headers", "block_headers.hash", "block_low_rates.blockhash")
    .select(["block_headers.height", "block_headers.hash", "block_headers.time", "block_low_rates.low_rate"])
    .where("block_headers.connected", "=", true)
    .where("block_headers.height", ">=", fromHeight)
    .where("block_headers.height", "<=", toHeight)
    .orderBy("block_headers.height")
    .execute();
  return rows.map(({ height, hash, time, low_rate: lowRate }) => ({
    height,
    hash: blockHashOfColumn(hash),
    time,
    lowRate,
  }));
}
