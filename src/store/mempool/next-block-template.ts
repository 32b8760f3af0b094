import type { BlockHash } from "#bitcoin";
import type { ExpectedBlock } from "#features";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";

/** What the next block on a tip is expected to hold. */
export type NextBlockTemplate = ExpectedBlock & { readonly tip: BlockHash };

/** Of the newest tips that have one, in the order in which they were stored. */
export async function listTemplates(db: Database): Promise<readonly NextBlockTemplate[]> {
  const rows = await db.selectFrom("next_block_templates").selectAll().orderBy("ordinal").execute();
  return rows.map(({ tip_hash: tip, time, total_fee: totalFee, txids }) => ({
    tip: blockHashOfColumn(tip),
    time,
    totalFee,
    txids,
  }));
}
