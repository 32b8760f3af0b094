import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { migrationError, unreachable } from "../errors.ts";
import { LOCK_SPACE, MIGRATIONS_LOCK } from "./advisory-locks.ts";
import { clientConfig, type Connection, nameOfConnection } from "./connection.ts";

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

const OUR_MIGRATIONS = fileURLToPath(new URL("../migrations/", import.meta.url));

/** Brings the schema up to this program's version and returns the names of the files that it ran. */
export async function migrate(connection: Connection, directory: string = OUR_MIGRATIONS): Promise<readonly string[]> {
  const migrations = readMigrations(directory);
  const client = new Client({ ...clientConfig(connection), application_name: "utxoiq migrate" });
  // A lost connection also fails the query in flight; this only keeps it from ending the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(nameOfConnection(connection), error);
  }
  try {
    // Two programs may start at once; the second finds everything done. The lock goes with the connection.
    await client.query("SELECT pg_advisory_lock($1, $2)", [LOCK_SPACE, MIGRATIONS_LOCK]);
    return await runPending(client, migrations);
  } finally {
    await client.end();
  }
}

function readMigrations(directory: string): readonly Migration[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(".sql"));
  return names.sort().map((name) => {
    const sql = readFileSync(`${directory}/${name}`, "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

async function runPending(client: Client, migrations: readonly Migration[]): Promise<readonly string[]> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS migrations (
       name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
  );
  const applied = await client.query<{ name: string; checksum: string }>(
    "SELECT name, checksum FROM migrations ORDER BY name",
  );
  checkApplied(applied.rows, migrations);
  const pending = migrations.slice(applied.rows.length);
  for (const migration of pending) await run(client, migration);
  return pending.map((migration) => migration.name);
}

/** What was applied must be the beginning of what we have, unchanged: migrations only go forward. */
function checkApplied(applied: readonly { name: string; checksum: string }[], migrations: readonly Migration[]): void {
  for (const [index, row] of applied.entries()) {
    const ours = migrations[index];
    if (ours?.name !== row.name) {
      throw migrationError(
        `The database has migration ${row.name}, which this program does not know; use a newer version.`,
      );
    }
    if (ours.checksum !== row.checksum) {
      throw migrationError(`Migration ${row.name} was changed after it had been applied; migrations only go forward.`);
    }
  }
}

async function run(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(migration.sql);
    await client.query("INSERT INTO migrations (name, checksum) VALUES ($1, $2)", [migration.name, migration.checksum]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
