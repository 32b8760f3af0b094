import { tmpdir } from "node:os";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createLogger } from "#lib";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { ping } from "./ping.ts";
import { migrate } from "./migrate.ts";
import { openDatabase } from "./open-database.ts";

const { db, connection } = await openTestDatabase();
const logger = createLogger(undefined, "silent");

test("64-bit integers are numbers, and one that no number holds is an error", async () => {
  const read = (text: string) => sql<{ value: unknown }>`SELECT ${sql.raw(text)} AS value`.execute(db);
  expect((await read("2100000000000000::bigint")).rows).toEqual([{ value: 2_100_000_000_000_000 }]);
  expect((await read("ARRAY[1, NULL, -9007199254740991]::bigint[]")).rows).toEqual([
    { value: [1, null, -9_007_199_254_740_991] },
  ]);
  expect((await read("'{}'::bigint[]")).rows).toEqual([{ value: [] }]);
  await expect(read("9007199254740993::bigint")).rejects.toMatchObject({ code: "STORE_UNSAFE_INTEGER" });
});

test("a server that ends our connections fails queries, not the process; the pool goes on", async () => {
  const other = await openDatabase({ connection, name: "victim", logger, poolSize: 2 });
  const sleeping = sql`SELECT pg_sleep(20)`.execute(other);
  const failure = expect(sleeping).rejects.toThrow("terminating connection");
  await expect.poll(() => endConnections("%victim%")).toBeGreaterThan(0);
  await failure;
  // A connection whose end is still under way may be handed out once more.
  await expect.poll(() => ping(other)).toBeGreaterThan(0);
  await other.destroy();
});

async function endConnections(name: string): Promise<number> {
  const ended = await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name LIKE ${name} AND query LIKE '%pg_sleep(20)%' AND state = 'active'`.execute(db);
  return ended.rows.length;
}

test("a statement that takes too long is ended", async () => {
  const impatient = await openDatabase({ connection, name: "impatient", logger, statementTimeoutMs: 50 });
  await expect(sql`SELECT pg_sleep(20)`.execute(impatient)).rejects.toThrow("statement timeout");
  await impatient.destroy();
});

test("a transaction in which nothing happens is ended, and what it locked is free", async () => {
  const hanging = await openDatabase({ connection, name: "hanging", logger, idleInTransactionMs: 50 });
  const { promise: taken, resolve: take } = Promise.withResolvers<void>();
  const { promise: freed, resolve: free } = Promise.withResolvers<void>();
  const held = hanging.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(42)`.execute(trx);
    take();
    await freed;
    await sql`SELECT 1`.execute(trx);
  });
  const failure = expect(held).rejects.toThrow();
  await taken;
  const isLocked = sql<{ got: boolean }>`SELECT pg_try_advisory_xact_lock(42) AS got`;
  await expect.poll(async () => (await isLocked.execute(db)).rows, { timeout: 5_000 }).toEqual([{ got: true }]);
  free();
  await failure;
  await hanging.destroy();
});

test("no more connections are opened than were allowed, and who comes later waits", async () => {
  const small = await openDatabase({ connection, name: "small", logger, poolSize: 2 });
  const asked = Array.from({ length: 7 }, () =>
    sql<{ count: number }>`
      SELECT count(*)::integer AS count FROM pg_stat_activity, pg_sleep(0.02) WHERE application_name LIKE 'utxoiq small %'`.execute(
      small,
    ),
  );
  const seen = (await Promise.all(asked)).map(({ rows }) => rows[0]?.count);
  expect(Math.max(...seen.map(Number))).toBeLessThanOrEqual(2);
  await small.destroy();
});

test("a slow query is told in the log with its time, without its values, also where it fails", async () => {
  const told: { ms: number; query: string }[] = [];
  const heard = { warn: (what: (typeof told)[number]) => told.push(what) } as never;
  const limits = { slowQueryMs: 40, statementTimeoutMs: 120 };
  const slow = await openDatabase({ connection, name: "slow", logger: heard, ...limits });
  await sql`SELECT 1`.execute(slow);
  await sql`SELECT pg_sleep(0.06),
      ${"a secret"}::text`.execute(slow);
  await expect(sql`SELECT pg_sleep(20)`.execute(slow)).rejects.toThrow("statement timeout");
  await slow.destroy();
  expect(told.map(({ query }) => query)).toEqual(["SELECT pg_sleep(0.06), $1::text", "SELECT pg_sleep(20)"]);
  expect(told[0]?.ms).toBeGreaterThanOrEqual(60);
});

test("a database that is not there is one clear sentence without the password", async () => {
  const nowhere = { connectionString: "postgres://someone:secret@127.0.0.1:1/utxoiq" };
  for (const attempt of [() => openDatabase({ connection: nowhere, name: "test", logger }), () => migrate(nowhere)]) {
    await expect(attempt()).rejects.toMatchObject({
      code: "STORE_UNREACHABLE",
      message: "The database at 127.0.0.1:1/utxoiq cannot be reached: connect ECONNREFUSED 127.0.0.1:1",
    });
  }
  const noSocket = { host: tmpdir(), port: 1, user: "someone", database: "nothing" };
  await expect(openDatabase({ connection: noSocket, name: "test", logger })).rejects.toMatchObject({
    code: "STORE_UNREACHABLE",
  });
});
