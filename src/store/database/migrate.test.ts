import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { migrate } from "./migrate.ts";

const { db, connection } = await openTestDatabase();
const directory = mkdtempSync(join(tmpdir(), "utxoiq-migrations-"));
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, statement: string): void {
  writeFileSync(join(directory, name), statement);
}

beforeEach(async () => {
  await sql`DROP TABLE IF EXISTS migrations, one, two`.execute(db);
  for (const name of ["0001-one.sql", "0002-two.sql"]) rmSync(join(directory, name), { force: true });
  write("0001-one.sql", "CREATE TABLE one (id integer)");
});

test("runs what is new, once, in order", async () => {
  expect(await migrate(connection, directory)).toEqual(["0001-one.sql"]);
  write("0002-two.sql", "CREATE TABLE two AS SELECT * FROM one");
  expect(await migrate(connection, directory)).toEqual(["0002-two.sql"]);
  expect(await migrate(connection, directory)).toEqual([]);
});

test("two programs that start at once run each file once", async () => {
  const runs = await Promise.all([migrate(connection, directory), migrate(connection, directory)]);
  expect(runs.flat()).toEqual(["0001-one.sql"]);
});

test("refuses a file that was changed after it had been applied", async () => {
  await migrate(connection, directory);
  write("0001-one.sql", "CREATE TABLE one (id bigint)");
  await expect(migrate(connection, directory)).rejects.toMatchObject({
    code: "STORE_MIGRATION",
    message: expect.stringContaining("0001-one.sql was changed"),
  });
});

test("refuses a database that a newer program has migrated", async () => {
  write("0002-two.sql", "CREATE TABLE two (id integer)");
  await migrate(connection, directory);
  rmSync(join(directory, "0002-two.sql"));
  await expect(migrate(connection, directory)).rejects.toThrow("0002-two.sql, which this program does not know");
});

test("leaves nothing of a file that fails half-way", async () => {
  write("0002-two.sql", "CREATE TABLE two (id integer); SELECT 1 / 0");
  await expect(migrate(connection, directory)).rejects.toThrow("division by zero");
  const { rows } = await sql<{ there: string | null }>`SELECT to_regclass('two')::text AS there`.execute(db);
  expect(rows).toEqual([{ there: null }]);
  write("0002-two.sql", "CREATE TABLE two (id integer)");
  expect(await migrate(connection, directory)).toEqual(["0002-two.sql"]);
});
