import { sql } from "kysely";
import { categoryOfKind, type InsightCategory, type InsightStatus, KINDS_BY_SUBJECT } from "#insights";
import type { SignalKind } from "#signals";
import { DISORDERED } from "../blocks/disordered.ts";
import type { Database } from "../database/schema.ts";

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

type Span = { readonly days: number; readonly resolution: "hour" | "day" };

export type SignalPoint = {
  readonly time: Date;
  readonly kind: SignalKind;
  readonly category: InsightCategory;
  readonly count: number;
};

/** Of stored blocks, by header time up to the newest block; ascending. */
export async function readSignalMetrics(db: Database, { days, resolution }: Span): Promise<readonly SignalPoint[]> {
  const since = (await newestTime(db)) - days * DAY_SECONDS;
  const first = await db
    .selectFrom("block_headers")
    .select("height")
    .where("connected", "=", true)
    .where("time", ">", since)
    .orderBy("time")
    .limit(1)
    .executeTakeFirst();
  const seconds = resolution === "hour" ? HOUR_SECONDS : DAY_SECONDS;
  const { rows } = await sql<Omit<SignalPoint, "category"> & { readonly names: boolean }>`
    SELECT to_timestamp(header.time / ${seconds}::integer * ${seconds}::integer) AS time, signal.kind,
      CASE WHEN signal.kind = ANY (${KINDS_BY_SUBJECT}::text[]) THEN signal.detail->>'subject' IS NOT NULL ELSE false END AS names,
      count(*)::integer AS count
    FROM signals AS signal JOIN block_headers AS header ON header.hash = signal.blockhash
    WHERE header.connected AND header.time > ${since} AND signal.height >= ${(first?.height ?? 0) - DISORDERED}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`.execute(db);
  return rows.map(({ names, ...point }) => ({
    ...point,
    category: categoryOfKind(point.kind, names),
  }));
}

export type InsightPoint = {
  readonly time: Date;
  readonly category: InsightCategory;
  readonly status: InsightStatus;
  readonly count: number;
  /** Mean of those that claim something; `null` where none does. */
  readonly confidence: number | null;
};

/** Of the chain, so that what was found in a time stands over the same days as what blocks say; 0 where there is none. */
async function newestTime(db: Database): Promise<number> {
  const newest = await db
    .selectFrom("block_headers")
    .select(({ fn }) => fn.max("time").as("time"))
    .where("connected", "=", true)
    .executeTakeFirst();
  return newest?.time ?? 0;
}

/** Each insight once, where it stands now, by header time; ascending. */
export async function readInsightMetrics(db: Database, { days, resolution }: Span): Promise<readonly InsightPoint[]> {
  const since = (await newestTime(db)) - days * DAY_SECONDS;
  const { rows } = await sql<InsightPoint>`
    SELECT date_trunc(${resolution}, to_timestamp(block_time), 'UTC') AS time, category, status, count(*)::integer AS count,
      avg(confidence) AS confidence
    FROM current_insights
    WHERE block_time > ${since}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`.execute(db);
  return rows;
}
