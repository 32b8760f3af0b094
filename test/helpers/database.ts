import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import { createLogger } from "#lib";
import { type Database, openDatabase, type SocketConnection } from "#store";

export type TestDatabase = { readonly db: Database; readonly connection: SocketConnection };

/** A fresh migrated database of its own for the calling test file, dropped when the file is done. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const connection = await cloneDatabase();
  const db = await openDatabase({ connection, name: "test", logger: createLogger(undefined, "silent") });
  afterAll(() => db.destroy());
  return { db, connection };
}

/** The same without a pool: for tests that open the database themselves. */
export async function cloneDatabase(): Promise<SocketConnection> {
  const template = inject("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${template.database}`);
  afterAll(() => administer(`DROP DATABASE ${name} WITH (FORCE)`));
  return { ...template, database: name };
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ ...inject("postgres"), database: "postgres" });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What a statement gives that no function of the store does. */
export async function query(db: Database, statement: string): Promise<readonly unknown[]> {
  return (await sql.raw(statement).execute(db)).rows;
}

/** Removes all blocks and all that was published. `TRUNCATE` is refused there, so the triggers are put aside for a moment. */
export async function emptyDatabase(db: Database): Promise<void> {
  const published = ["events", "insight_statuses", "wordings", "insights", "scorecard_entries"].map((name) =>
    sql.table(name),
  );
  for (const table of published) await sql`ALTER TABLE ${table} DISABLE TRIGGER append_only`.execute(db);
  await sql`TRUNCATE cursor, block_headers, events, insight_statuses, insights, insight_tallies, scorecard_entries, prediction_sums, interval_sums CASCADE`.execute(
    db,
  );
  for (const table of published) await sql`ALTER TABLE ${table} ENABLE TRIGGER append_only`.execute(db);
}
