import { sql } from "kysely";
import type { Outcome, Prediction, Score } from "#signals";
import type { Database } from "../database/schema.ts";
import { type MadeEntry, predictionOf, type ResolvedEntry } from "./entry.ts";

/** A prediction with what came of it, and the entry that says so. */
export type ResolvedPrediction = {
  readonly seq: number;
  /** Of the entry, hex. */
  readonly hash: string;
  readonly prediction: Prediction;
  /** The block that resolved it. */
  readonly height: number;
  readonly blockHash: string;
  /** Its header time, unix seconds. */
  readonly time: number;
  readonly outcome: Outcome;
  readonly score: Score;
};

export type ResolvedQuery = {
  readonly limit: number;
  /** Only what was entered before this entry. */
  readonly before?: number | undefined;
  readonly kind?: Prediction["kind"] | undefined;
};

/** The newest first. What a reorg opened again is left out until it is resolved again. */
export async function listResolved(db: Database, query: ResolvedQuery): Promise<readonly ResolvedPrediction[]> {
  const { limit, before = null, kind = null } = query;
  const { rows } = await sql<Row>`
    SELECT resolved.seq, resolved.hash, resolved.body AS resolved, made.body AS made
    FROM predictions
    JOIN scorecard_entries AS resolved ON resolved.seq = predictions.seq
    JOIN scorecard_entries AS made ON made.seq = predictions.made_seq
    WHERE predictions.state = 'resolved' AND (${before}::bigint IS NULL OR predictions.seq < ${before})
      AND (${kind}::text IS NULL OR predictions.kind = ${kind})
    ORDER BY predictions.seq DESC
    LIMIT ${limit}`.execute(db);
  return rows.map(({ seq, hash, resolved: { height, blockHash, time, outcome, score }, made }) => ({
    seq,
    hash: hash.toString("hex"),
    prediction: predictionOf(made),
    height,
    blockHash,
    time,
    outcome,
    score,
  }));
}

type Row = { readonly seq: number; readonly hash: Buffer; readonly resolved: ResolvedEntry; readonly made: MadeEntry };
