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

/** A day between blocks, so that windows of days are as small a part of all as in a long chain. */
const SIZE = {
  blocks: 6_000,
  flowsPerBlock: 5,
  interval: 86_400,
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

/** All that was ever said is read for the scorecard, when something was added since (src/api/routes/predictions.ts). */
const READS_ALL = new Set(["readScorecard"]);

const queries = Object.entries(STORE_QUERIES).filter(([name]) => !READS_ALL.has(name));

test.each(queries)("%s reads no large table as a whole", async (_name, ask) => {
  const before = await scans();
  asked = [];
  await ask({ ...filled, db, random: pseudoRandom(7) });
  const statements = asked;
  const after = await scans();
  const read = [...after].filter(([name, times]) => times !== before.get(name)).map(([name]) => name);
  expect(read, read.length === 0 ? "" : await plansOf(statements)).toEqual([]);
});
