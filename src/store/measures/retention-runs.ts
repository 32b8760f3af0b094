import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "../database/schema.ts";

export type RetentionRun = {
  /** Rows of one kind that go when they are old. */
  readonly family: string;
  readonly keptDays: number;
  readonly ranAt: Date;
  /** `null`: with what is written next. */
  readonly nextAt: Date | null;
  /** Rows, or whole partitions. */
  readonly removed: number;
  readonly removedTotal: number;
  /** Why nothing was removed; `null` where that worked. */
  readonly failure: string | null;
};

type Ended = Pick<RetentionRun, "family" | "keptDays" | "removed"> & {
  readonly nextInMs?: number;
  readonly failure?: string;
};

/** Tells how a family was looked through just now. */
export async function noteRetention(db: Kysely<Tables>, run: Ended): Promise<void> {
  const { family, keptDays, removed, nextInMs, failure } = run;
  await sql`
    INSERT INTO retention_runs (family, kept_days, ran_at, next_at, removed, removed_total, failure)
    VALUES (${family}, ${keptDays}, clock_timestamp(), clock_timestamp() + ${nextInMs ?? null}::float8 * interval '1 ms',
      ${removed}, ${removed}, ${failure ?? null})
    ON CONFLICT (family) DO UPDATE SET kept_days = excluded.kept_days, ran_at = excluded.ran_at, next_at = excluded.next_at,
      removed = excluded.removed, removed_total = retention_runs.removed_total + excluded.removed, failure = excluded.failure`.execute(
    db,
  );
}

export async function listRetention(db: Database): Promise<readonly RetentionRun[]> {
  const { rows } = await sql<RetentionRun>`
    SELECT family, kept_days AS "keptDays", ran_at AS "ranAt", next_at AS "nextAt", removed, removed_total AS "removedTotal", failure
    FROM retention_runs ORDER BY family`.execute(db);
  return rows;
}
