import { type CompiledQuery, Kysely, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { type FilledStore, fillStore } from "../../test/helpers/large-store/fill-store.ts";
import { STORE_QUERIES } from "../../test/helpers/large-store/store-queries.ts";
import { pseudoRandom } from "../../test/helpers/pseudo-random.ts";
import { clientConfig } from "./database/connection.ts";
import type { Tables } from "./database/schema.ts";

const { db: filling, connection } = await openTestDatabase();

/** Hours between blocks, so that windows of days are as small a part of all as in a long chain. */
const SIZE = {
  blocks: 40_000,
  flowsPerBlock: 2,
  interval: 12_960,
  metrics: 20,
  hourDays: 100,
  days: 30,
  sampleSeconds: 120,
  predicted: 3_000,
};

/** Of fewer rows it is quicker to read them all. */
const LARGE_ROWS = 5_000;

let filled: FilledStore;
let asked: CompiledQuery[] = [];
/** One connection: what it counts is what the query did. */
const pool = new Pool({ ...clientConfig(connection), max: 1 });
const db = new Kysely<Tables>({
  dialect: new PostgresDialect({ pool }),
  log: ({ query: statement }) => void asked.push(statement),
});

beforeAll(async () => {
  filled = await fillStore(filling, SIZE);
  await query(filling, "ANALYZE");
});

afterAll(() => db.destroy());

/** Tables that were read from the first row to the last, how often; functions and triggers count as well. */
async function scans(): Promise<ReadonlyMap<string, number>> {
  await sql`SELECT pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ name: string; scans: number }>`
    SELECT stat.relname AS name, stat.seq_scan::integer AS scans
    FROM pg_stat_user_tables AS stat JOIN pg_class ON pg_class.oid = stat.relid
    WHERE pg_class.reltuples >= ${LARGE_ROWS}`.execute(db);
  return new Map(rows.map(({ name, scans: times }) => [name, times]));
}

async function plansOf(statements: readonly CompiledQuery[]): Promise<string> {
  const plans: string[] = [];
  for (const { sql: text, parameters } of statements) {
    if (!/^\s*(select|with)/i.test(text) || text.includes("pg_stat")) continue;
    const { rows } = await pool.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE) ${text}`, [...parameters]);
    plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
  }
  return plans.join("\n\n");
}

const READS_ALL = new Set([
  // Two thousand that match are counted at most. Here they are a fifth of all, which are quicker read than looked up.
  "countInsights, with a common word",
]);

const queries = Object.entries(STORE_QUERIES).filter(([name]) => !READS_ALL.has(name));

/** Large tables that are read as a whole meanwhile. */
async function readWhole(ask: () => Promise<unknown>): Promise<readonly string[]> {
  const before = await scans();
  await ask();
  const after = await scans();
  return [...after].filter(([name, times]) => times !== before.get(name)).map(([name]) => name);
}

test("what is asked for without an index is noticed, of each table that grows with the chain", async () => {
  const growing = {
    block_features: "txs",
    block_flows: "label_coverage",
    entity_flows: "in_house",
    transfers: "fee",
    signals: "detail",
    insights: "headline",
    insight_statuses: "status",
    scorecard_entries: "body",
    predictions: "resolved_height",
    insight_ratings: "stars",
    insight_comments: "text",
  };
  for (const [table, column] of Object.entries(growing)) {
    const ask = () => query(db, `SELECT count(*) FROM ${table} WHERE ${column}::text = 'none'`);
    expect(await readWhole(ask), table).toEqual([table]);
  }
});

test.each(queries)("%s reads no large table as a whole", async (_name, ask) => {
  asked = [];
  let statements: readonly CompiledQuery[] = [];
  const read = await readWhole(async () => {
    await ask({ ...filled, db, random: pseudoRandom(7) });
    statements = asked;
  });
  expect(read, read.length === 0 ? "" : await plansOf(statements)).toEqual([]);
});
