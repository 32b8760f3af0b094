import { sql } from "kysely";
import type { Prediction } from "#signals";
import type { Database } from "../database/schema.ts";
import { type MadeEntry, predictionOf } from "./entry.ts";

/** Predictions that were open after the block of this height, in the order in which they were made. */
export async function listOpenPredictions(db: Database, height: number): Promise<readonly Prediction[]> {
  const { rows } = await sql<{ body: MadeEntry }>`
    SELECT made.body
    FROM predictions JOIN scorecard_entries AS made ON made.seq = predictions.made_seq
    WHERE predictions.height <= ${height}
      AND (predictions.state = 'open' OR (predictions.state = 'resolved' AND predictions.resolved_height > ${height}))
    ORDER BY predictions.made_seq`.execute(db);
  return rows.map(({ body }) => predictionOf(body));
}

/** A claim that was decided: what calibration learns from. */
export type DecidedClaim = {
  readonly kind: Prediction["kind"];
  readonly score: number;
  readonly probability: number | null;
  readonly came: boolean;
};

/** Claims that were decided by blocks up to this height, in the order in which they were. */
export async function listDecidedClaims(db: Database, height: number): Promise<readonly DecidedClaim[]> {
  const { rows } = await sql<DecidedClaim>`
    SELECT predictions.kind, (made.body #>> '{statement,score}')::double precision AS score,
      (made.body #>> '{statement,probability}')::double precision AS probability,
      (resolved.body #>> '{outcome,came}')::boolean AS came
    FROM predictions
    JOIN scorecard_entries AS made ON made.seq = predictions.made_seq
    JOIN scorecard_entries AS resolved ON resolved.seq = predictions.seq
    WHERE predictions.state = 'resolved' AND predictions.resolved_height <= ${height}
      AND resolved.body #>> '{outcome,type}' = 'claim'
    ORDER BY predictions.seq`.execute(db);
  return rows;
}
