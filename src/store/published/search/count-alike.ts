import { sql } from "kysely";
import type { SignalKind } from "#signals";
import type { Database } from "../../database/schema.ts";

/** Claims that were decided, and how many of them came true. */
export type DecidedAlike = { readonly count: number; readonly came: number };

type Alike = {
  readonly kind: SignalKind;
  /** Stated confidence, the lower bound included, the upper not; 1 is in the highest. */
  readonly from: number;
  readonly to: number;
};

/** What came of claims of a kind that were said to be about as sure. */
export async function countAlike(db: Database, { kind, from, to }: Alike): Promise<DecidedAlike> {
  const { rows } = await sql<DecidedAlike>`
    SELECT count(*) AS count, count(*) FILTER (WHERE (last.body #>> '{outcome,came}')::boolean) AS came
    FROM predictions
    JOIN scorecard_entries AS made ON made.seq = predictions.made_seq
    JOIN scorecard_entries AS last ON last.seq = predictions.seq
    WHERE predictions.kind = ${kind} AND predictions.state = 'resolved' AND last.body #>> '{outcome,type}' = 'claim'
      AND (made.body #>> '{statement,probability}')::double precision >= ${from}
      AND ((made.body #>> '{statement,probability}')::double precision < ${to} OR ${to}::double precision >= 1)`.execute(
    db,
  );
  return rows[0] ?? { count: 0, came: 0 };
}
