import { sql, type Transaction } from "kysely";
import type { InsightStatus } from "#insights";
import { FOLLOWED_BLOCKS } from "#signals";
import { blockHashOfColumn } from "../database/hash-column.ts";
import type { Tables } from "../database/schema.ts";
import type { InsightDraft } from "./plan-events.ts";

type DecidedRow = {
  readonly id: string;
  readonly block_hash: Buffer;
  readonly status: InsightStatus;
  /** Of the block that decided; `null` where the claim is open again. */
  readonly height: number | null;
  /** `null` where blocks do not tell. */
  readonly came: boolean | null;
};

/**
 * What to tell of published insights whose claims blocks have just decided, or left open again: found by the claim's text and
 * the block in which it was said, as `claim_outcome` finds what was decided.
 * @param ids of predictions
 */
export async function listDecided(trx: Transaction<Tables>, ids: readonly string[]): Promise<readonly InsightDraft[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<DecidedRow>`
    SELECT DISTINCT ON (made.seq) insight.id, latest.block_hash, latest.status, predictions.resolved_height AS height,
           (last.body #>> '{outcome,came}')::boolean AS came
    FROM predictions
    JOIN scorecard_entries AS made ON made.seq = predictions.made_seq
    JOIN scorecard_entries AS last ON last.seq = predictions.seq
    JOIN insights AS insight ON insight.block_height BETWEEN made.height AND made.height + ${FOLLOWED_BLOCKS}
      AND insight.kind = made.kind
      AND insight.evidence #>> '{blocks,0,hash}' = made.block_hash
      AND insight.evidence #>> '{claim,text}' = made.body #>> '{statement,text}'
      AND (made.kind <> 'large-transfer'
        OR insight.evidence #>> '{transactions,0,txid}' = made.body #>> '{statement,signal,transfers,0,txid}')
    CROSS JOIN LATERAL (
      SELECT block_hash, status FROM insight_statuses WHERE insight_id = insight.id ORDER BY event_id DESC LIMIT 1
    ) AS latest
    WHERE predictions.id = ANY (${ids}::text[]) AND predictions.state <> 'withdrawn' AND latest.status <> 'retracted'
    ORDER BY made.seq, insight.block_height`.execute(trx);
  return rows.map(decision);
}

function decision({ id, block_hash: blockHash, status, height, came }: DecidedRow): InsightDraft {
  return {
    type: "insight.updated",
    insightId: id,
    blockHash: blockHashOfColumn(blockHash),
    status,
    reason: height === null ? "The block that decided its claim left the chain." : reasonOf(height, came),
    insight: undefined,
    published: undefined,
  };
}

/** What is said of an insight once blocks have decided its claim. */
export function reasonOf(height: number, came: boolean | null): string {
  if (came === null) return `Block ${height} was to decide its claim, and does not tell.`;
  return came ? `By block ${height} its claim came true.` : `By block ${height} its claim did not come true.`;
}
