import { sql } from "kysely";
import type { InsightCategory, InsightStatus } from "#insights";
import type { SignalKind } from "#signals";
import type { Database } from "../../database/schema.ts";
import { conditionOf, type InsightFilter } from "./insight-filter.ts";

/** How many insights have all of this in common. */
export type InsightCount = {
  readonly category: InsightCategory;
  readonly kind: SignalKind;
  readonly status: InsightStatus;
  /** Confidence in whole tenths, rounded down; `null` where none is stated. */
  readonly tenths: number | null;
  /** Whether the filter's least confidence is met. */
  readonly confident: boolean;
  readonly count: number;
};

/** Counts of what a filter leaves when category, kind, status and confidence are left open. */
export async function countInsights(db: Database, filter: InsightFilter): Promise<readonly InsightCount[]> {
  const { minConfidence = null, categories: _c, kinds: _k, statuses: _s, ...rest } = filter;
  if (minConfidence === null && Object.values(rest).every((part) => part === undefined)) return listTallies(db);
  const { rows } = await sql<InsightCount>`
    SELECT category, kind, status, floor(confidence * 10)::integer AS tenths,
      coalesce(confidence >= ${minConfidence}::float8, ${minConfidence}::float8 IS NULL) AS confident,
      count(*)::integer AS count
    FROM current_insights WHERE ${conditionOf(rest)}
    GROUP BY 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

/** Of all insights there are, counted as they come. */
async function listTallies(db: Database): Promise<readonly InsightCount[]> {
  const { rows } = await sql<InsightCount>`
    SELECT category, kind, status, tenths, true AS confident, count FROM insight_tallies WHERE count > 0`.execute(db);
  return rows;
}
