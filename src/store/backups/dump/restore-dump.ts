import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { AppError } from "#lib";
import { clientConfig, type Connection, nameOfConnection } from "../../database/connection.ts";
import { checkRestored, type Restored } from "../check-restored.ts";
import { damagedBackup, readManifest } from "../manifest.ts";
import { describeFile, DUMP } from "./make-dump.ts";
import { runTool } from "./run-tool.ts";

type Options = {
  readonly backupDir: string;
  /** Holds no table yet. */
  readonly connection: Connection;
  readonly signal: AbortSignal;
};

/**
 * Reads a dump into an empty database by `pg_restore`, and compares what that holds then with what was counted.
 * @throws AppError where anything differs
 */
export async function restoreDump({ backupDir, connection, signal }: Options): Promise<Restored> {
  const manifest = await readManifest(backupDir);
  const [dump] = manifest.files;
  const found = manifest.kind === "dump" && dump !== undefined ? await describeFile(backupDir, DUMP) : undefined;
  if (found === undefined) throw damagedBackup(`${backupDir} is no dump: restore it into a --data directory`);
  if (found.sha256 !== dump?.sha256) throw damagedBackup(`${join(backupDir, DUMP)} was changed since`);
  const client = new Client(clientConfig(connection));
  client.on("error", () => undefined);
  await client.connect();
  const workDir = mkdtempSync(join(tmpdir(), "utxoiq-restore-"));
  try {
    await requireEmpty(client, connection);
    const args = ["--exit-on-error", "--no-owner", "--no-privileges", join(backupDir, DUMP)];
    await runTool({ name: "pg_restore", args, url: urlOf(connection), workDir, signal });
    return await checkRestored(client, manifest);
  } finally {
    await client.end();
    await rm(workDir, { recursive: true, force: true });
  }
}

async function requireEmpty(client: Client, connection: Connection): Promise<void> {
  const { rows } = await client.query<{ tables: string }>(
    "SELECT count(*) AS tables FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  );
  if (Number(rows[0]?.tables) === 0) return;
  const where = nameOfConnection(connection);
  throw new AppError("STORE_BACKUP_TARGET", `The database ${where} holds tables already; restore into an empty one.`);
}

/** As the client programs take it. */
function urlOf(connection: Connection): string {
  if ("connectionString" in connection) return connection.connectionString;
  const { host, port, user, database } = connection;
  return `postgres://${user}@${encodeURIComponent(host)}:${port}/${database}`;
}
