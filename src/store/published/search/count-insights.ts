import { sql } from "kysely";
import type { InsightCategory, InsightStatus } from "#insights";
import type { SignalKind } from "#signals";
import type { Database } from "../../database/schema.ts";
import { conditionOf, type InsightFilter, isOfWords } from "./insight-filter.ts";
import { MOST_MATCHES, newestMatches } from "./newest-matches.ts";

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

export type InsightCounts = {
  readonly counts: readonly InsightCount[];
  /** Else more insights meet the words than are looked at, and the newest of them alone were counted. */
  readonly complete: boolean;
};

/** Counts of what a filter leaves when category, kind, status and confidence are left open. */
export async function countInsights(db: Database, filter: InsightFilter): Promise<InsightCounts> {
  const { minConfidence = null, categories: _c, kinds: _k, statuses: _s, ...rest } = filter;
  if (minConfidence === null && Object.values(rest).every((part) => part === undefined)) return listTallies(db);
  const { text } = rest;
  if (text !== undefined && isOfWords(text)) return countMatches(db, { ...filter, text });
  const { rows } = await sql<InsightCount>`
    SELECT ${columnsWith(minConfidence)} FROM current_insights WHERE ${conditionOf(rest)}
    GROUP BY 1, 2, 3, 4, 5`.execute(db);
  return { counts: rows, complete: true };
}

async function countMatches(
  db: Database,
  { text, minConfidence, ...filter }: InsightFilter & { readonly text: string },
): Promise<InsightCounts> {
  const { categories: _c, kinds: _k, statuses: _s, ...rest } = filter;
  const { rows } = await sql<{ matches: number; counts: readonly InsightCount[] }>`
    WITH matches AS MATERIALIZED (${newestMatches(text)}),
    counts AS (
      SELECT ${columnsWith(minConfidence)}
      FROM matches JOIN current_insights
        ON current_insights.id = matches.insight_id AND current_insights.block_hash = matches.block_hash
      WHERE ${conditionOf(rest)}
      GROUP BY 1, 2, 3, 4, 5
    )
    SELECT (SELECT count(*)::integer FROM matches) AS matches,
      coalesce((SELECT json_agg(counts) FROM counts), '[]') AS counts`.execute(db);
  const [{ matches, counts } = { matches: 0, counts: [] }] = rows;
  return { counts, complete: matches < MOST_MATCHES };
}

function columnsWith(least: number | undefined | null) {
  const minConfidence = least ?? null;
  return sql`category, kind, status, floor(confidence * 10)::integer AS tenths,
    coalesce(confidence >= ${minConfidence}::float8, ${minConfidence}::float8 IS NULL) AS confident,
    count(*)::integer AS count`;
}

/** Of all insights there are, counted as they come. */
async function listTallies(db: Database): Promise<InsightCounts> {
  const { rows } = await sql<InsightCount>`
    SELECT category, kind, status, tenths, true AS confident, count FROM insight_tallies WHERE count > 0`.execute(db);
  return { counts: rows, complete: true };
}

/** Whether a filter leaves more than so many; no more than one beyond are looked at. */
export async function hasMoreThan(db: Database, filter: InsightFilter, most: number): Promise<boolean> {
  const { rows } = await sql<{ more: boolean }>`
    SELECT count(*) > ${most} AS more
    FROM (SELECT FROM current_insights WHERE ${conditionOf(filter)} LIMIT ${most + 1}) AS found`.execute(db);
  return rows[0]?.more ?? true;
}
