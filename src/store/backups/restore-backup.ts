import { chmodSync, existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { AppError, type Logger } from "#lib";
import { prepareDataDirectory } from "../data-directory/prepare-data-directory.ts";
import { clientConfig } from "../database/connection.ts";
import { locateCluster } from "../embedded/cluster-location.ts";
import { giveTo } from "../embedded/server-account.ts";
import { startEmbeddedPostgres } from "../embedded/start-embedded-postgres.ts";
import { copyFile } from "./copy-file.ts";
import { countTables } from "./count-rows.ts";
import { damagedBackup, type Manifest, readManifest, type RowCounts } from "./manifest.ts";

type Options = {
  readonly backupDir: string;
  /** Holds no database yet. */
  readonly dataDir: string;
  readonly logger: Logger;
  readonly sharedDir?: string;
};

export type Restored = {
  readonly counts: RowCounts;
  /** The newest stored block; `null` where none was. */
  readonly height: number | null;
};

/**
 * Makes a data directory of a backup and starts a server on it once, which brings it to the end of the copy. Every file
 * is compared with its checksum, and what the server then holds with what was counted.
 * @throws AppError where anything differs
 */
export async function restoreBackup({ backupDir, dataDir, logger, sharedDir }: Options): Promise<Restored> {
  const manifest = await readManifest(backupDir);
  const location = locateCluster(prepareDataDirectory(dataDir), sharedDir ?? "/var/lib/utxoiq");
  if (existsSync(location.clusterDir)) {
    throw new AppError("STORE_BACKUP_TARGET", `${dataDir} holds a database already; restore into an empty directory.`);
  }
  await copyBack({ backupDir, clusterDir: location.clusterDir, manifest });
  giveTo(location.account, location.clusterDir);
  for (const entry of await readdir(location.clusterDir, { recursive: true, withFileTypes: true })) {
    giveTo(location.account, join(entry.parentPath, entry.name));
  }
  chmodSync(location.clusterDir, 0o700);
  const server = await startEmbeddedPostgres({ dataDir, logger, ...(sharedDir === undefined ? {} : { sharedDir }) });
  const client = new Client(clientConfig(server.connection));
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await check(client, manifest);
  } finally {
    await client.end();
    await server.stop();
  }
}

type Copy = { readonly backupDir: string; readonly clusterDir: string; readonly manifest: Manifest };

async function copyBack({ backupDir, clusterDir, manifest }: Copy): Promise<void> {
  const from = join(backupDir, "postgres");
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(from.length + 1);
    if (entry.isDirectory()) await mkdir(join(clusterDir, path), { recursive: true, mode: 0o700 });
  }
  for (const { path, size, sha256 } of manifest.files) {
    const copied = await copyFile(join(from, path), join(clusterDir, path));
    if (copied.size !== size || copied.sha256 !== sha256) throw damagedBackup(`${join(from, path)} was changed since`);
  }
  await copyFile(join(from, "backup_label"), join(clusterDir, "backup_label"));
}

async function check(client: Client, { before, after }: Manifest): Promise<Restored> {
  const counts = await countTables(client);
  for (const [table, count] of Object.entries(counts)) {
    const bounds = [before[table] ?? 0, after[table] ?? 0] as const;
    if (count >= Math.min(...bounds) && count <= Math.max(...bounds)) continue;
    throw damagedBackup(`the restored table ${table} has ${count} rows, and had ${bounds.join(" to ")}`);
  }
  const { rows } = await client.query<{ height: number | null; gaps: string }>(`
    SELECT (SELECT height FROM cursor) AS height,
      (SELECT count(*) FROM block_headers AS header LEFT JOIN block_features ON blockhash = hash WHERE blockhash IS NULL)
      + (SELECT coalesce(max(height) - min(height) + 1 - count(*), 0) FROM block_headers WHERE connected) AS gaps`);
  const [state] = rows;
  if (state === undefined || Number(state.gaps) !== 0)
    throw damagedBackup("blocks are missing in the restored database");
  return { counts, height: state.height };
}
