import { sql } from "kysely";
import type { StoredInsight } from "../published/insight-rows.ts";
import { byteaOf } from "../database/hash-column.ts";
import type { Database } from "../database/schema.ts";
import type { ModelBudget } from "./model-budget.ts";
import { UTC_TODAY } from "./model-use.ts";
import type { WordingOutcome } from "./wording-outcome.ts";

type Asking = Pick<StoredInsight, "id" | "blockHash"> & { readonly model: string; readonly budget: ModelBudget };

export type OpenedRequest = { readonly id: number; readonly isWithinBudget: boolean };

/**
 * Enters that a model is about to be asked, or that the day's budget is used up. `undefined` where it was entered before:
 * an insight in a block is asked for once. One live ingest asks, so nobody counts at the same time.
 */
export async function openWordingRequest(
  db: Database,
  { id, blockHash, model, budget }: Asking,
): Promise<OpenedRequest | undefined> {
  const { rows } = await sql<{ id: number; outcome: string }>`
    INSERT INTO wording_requests (insight_id, block_hash, model, outcome)
    SELECT ${id}, ${byteaOf(blockHash)}::bytea, ${model},
           CASE WHEN count(*) < ${budget.requestsPerDay} AND coalesce(sum(tokens), 0) < ${budget.tokensPerDay}
                THEN 'asked' ELSE 'over-budget' END
    FROM wording_requests
    WHERE day = ${UTC_TODAY} AND outcome <> 'over-budget'
    ON CONFLICT (insight_id, block_hash) DO NOTHING
    RETURNING id, outcome`.execute(db);
  const [row] = rows;
  return row && { id: row.id, isWithinBudget: row.outcome === "asked" };
}

type Closing = { readonly outcome: WordingOutcome; readonly reason: string | null; readonly tokens: number };

/** Enters what came of a request. */
export async function closeWordingRequest(db: Database, id: number, closing: Closing): Promise<void> {
  await db.updateTable("wording_requests").set(closing).where("id", "=", id).execute();
}
