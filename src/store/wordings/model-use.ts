import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** Budgets begin anew with it. */
export const UTC_TODAY = sql<string>`(clock_timestamp() AT TIME ZONE 'UTC')::date`;

/** What language models were asked so far. */
export type ModelUse = {
  readonly today: { readonly requests: number; readonly tokens: number };
  /** Since the database was made, all models together. */
  readonly total: {
    readonly asked: number;
    readonly accepted: number;
    readonly refused: number;
    readonly failed: number;
    readonly timedOut: number;
    /** Accepted, and the insight was retracted or moved to another block meanwhile. */
    readonly tooLate: number;
    readonly overBudget: number;
  };
  /** Why texts were refused and requests failed, the commonest first. */
  readonly reasons: readonly { readonly outcome: string; readonly reason: string; readonly count: number }[];
};

type Row = { readonly outcome: string; readonly reason: string | null; readonly count: number };

export async function readModelUse(db: Database): Promise<ModelUse> {
  const counts = await sql<Row>`
    SELECT outcome, reason, count(*)::integer AS count
    FROM wording_requests
    GROUP BY outcome, reason
    ORDER BY count DESC, reason`.execute(db);
  const today = await sql<ModelUse["today"]>`
    SELECT count(*)::integer AS requests, coalesce(sum(tokens), 0) AS tokens
    FROM wording_requests
    WHERE day = ${UTC_TODAY} AND outcome <> 'over-budget'`.execute(db);
  const of = (...outcomes: string[]): number =>
    counts.rows.reduce((sum, row) => sum + (outcomes.includes(row.outcome) ? row.count : 0), 0);
  return {
    today: today.rows[0] ?? { requests: 0, tokens: 0 },
    total: {
      asked: of("asked", "accepted", "refused", "failed", "timed-out", "too-late"),
      accepted: of("accepted"),
      refused: of("refused"),
      failed: of("failed"),
      timedOut: of("timed-out"),
      tooLate: of("too-late"),
      overBudget: of("over-budget"),
    },
    reasons: counts.rows.flatMap(({ outcome, reason, count }) => (reason === null ? [] : [{ outcome, reason, count }])),
  };
}
