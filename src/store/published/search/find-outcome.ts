import { sql } from "kysely";
import { firstBlockOf, kindsOf } from "#insights";
import type { Outcome } from "#signals";
import type { Database } from "../../database/schema.ts";
import type { EntryBody } from "../../scorecard/entry.ts";
import type { StoredInsight } from "../insight-rows.ts";

/** What came of what an insight claims; of one that claims nothing there is none. */
export type InsightOutcome = {
  readonly state: "open" | "resolved" | "withdrawn";
  /** `null` until it is resolved. */
  readonly outcome: Outcome | null;
  /** The block that resolved it. Its header time is in unix seconds. */
  readonly resolvedBy: { readonly height: number; readonly blockHash: string; readonly time: number } | null;
};

/** Found as `claim_outcome` of the database finds what was decided: by the claim's text, of a transfer by its own too. */
export async function findOutcome(db: Database, insight: StoredInsight): Promise<InsightOutcome | undefined> {
  const { evidence } = insight;
  if (evidence.claim === null) return undefined;
  // What it claims was said in the block in which it was told, by its own kind or by one that it goes on for.
  const { height, hash: blockHash } = firstBlockOf(insight);
  const { rows } = await sql<{ state: InsightOutcome["state"]; body: EntryBody }>`
    SELECT predictions.state, last.body
    FROM predictions
    JOIN scorecard_entries AS made ON made.seq = predictions.made_seq
    JOIN scorecard_entries AS last ON last.seq = predictions.seq
    WHERE predictions.kind = ANY (${kindsOf(insight)}::text[]) AND predictions.height = ${height} AND made.block_hash = ${blockHash}
      AND made.body #>> '{statement,text}' = ${evidence.claim.text}
      AND (predictions.kind <> 'large-transfer'
        OR made.body #>> '{statement,signal,transfers,0,txid}' = ${evidence.transactions[0]?.txid ?? null})
    ORDER BY predictions.made_seq
    LIMIT 1`.execute(db);
  const [found] = rows;
  if (found === undefined) return undefined;
  const { state, body } = found;
  if (body.type !== "resolved") return { state, outcome: null, resolvedBy: null };
  const resolvedBy = { height: body.height, blockHash: body.blockHash, time: body.time };
  return { state, outcome: body.outcome, resolvedBy };
}
