import { sql } from "kysely";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { holdIngestLock } from "./ingest-lock.ts";

const { db, connection } = await openTestDatabase();

test("one process ingests; the next may when it has let go", async () => {
  const first = await holdIngestLock(connection);
  await expect(holdIngestLock(connection)).rejects.toMatchObject({ code: "STORE_INGEST_RUNNING" });
  await first.release();
  expect(first.lost.aborted).toBe(false);
  const second = await holdIngestLock(connection);
  await second.release();
});

test("says so when the lock is lost, and then another may have it", async () => {
  const lock = await holdIngestLock(connection);
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'utxoiq ingest lock' AND datname = current_database()`.execute(db);
  await expect.poll(() => lock.lost.aborted).toBe(true);
  const next = await holdIngestLock(connection);
  expect(next.lost.aborted).toBe(false);
  await next.release();
  await lock.release();
});

test("a database that is not there is a clear error", async () => {
  const nowhere = { connectionString: "postgres://someone@127.0.0.1:1/utxoiq" };
  await expect(holdIngestLock(nowhere)).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
});
