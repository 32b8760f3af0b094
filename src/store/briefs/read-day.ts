import type { Brief } from "#insights";
import { IS_OF_CHAIN } from "../blocks/of-chain.ts";
import type { Database } from "../database/schema.ts";
import type { StoredInsight } from "../published/insight-rows.ts";
import { storedInsightOfCurrentRow } from "../published/select-current.ts";

type Span = {
  /** Unix seconds; `to` is not included. */
  readonly from: number;
  readonly to: number;
};

export type StoredDay = { readonly blocks: Brief["blocks"]; readonly insights: readonly StoredInsight[] };

/** The stored blocks, of a chain or a set, whose header times lie in a span, and the insights that stand on them. */
export async function readDay(db: Database, { from, to }: Span): Promise<StoredDay> {
  const found = await db
    .selectFrom("block_headers as header")
    .select(({ fn }) => [fn.min("height").as("first"), fn.max("height").as("last"), fn.countAll<number>().as("count")])
    .where(IS_OF_CHAIN)
    .where("time", ">=", from)
    .where("time", "<", to)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom("current_insights")
    .selectAll()
    .where("block_time", ">=", from)
    .where("block_time", "<", to)
    .where("status", "!=", "retracted")
    .where((where) =>
      where.exists(
        where
          .selectFrom("block_headers as header")
          .select("hash")
          .whereRef("hash", "=", "current_insights.block_hash")
          .where(IS_OF_CHAIN),
      ),
    )
    .orderBy("published_event_id")
    .execute();
  return {
    blocks: found.count === 0 ? null : found,
    insights: rows.map(storedInsightOfCurrentRow),
  };
}
