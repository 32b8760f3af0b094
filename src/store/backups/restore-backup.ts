import { chmodSync, existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { AppError, type Logger } from "#lib";
import { prepareDataDirectory } from "../data-directory/prepare-data-directory.ts";
import { clientConfig } from "../database/connection.ts";
import { locateCluster, SHARED_DIRECTORY } from "../embedded/cluster-location.ts";
import type { ServerSettings } from "../embedded/postmaster.ts";
import { giveTo } from "../embedded/server-account.ts";
import { startEmbeddedPostgres } from "../embedded/start-embedded-postgres.ts";
import { checkRestored, type Restored } from "./check-restored.ts";
import { copyFile } from "./copy-file.ts";
import { inLanes } from "./in-lanes.ts";
import type { LogToReplay } from "./log/choose-restore.ts";
import { unpackLog } from "./log/unpack-log.ts";
import { damagedBackup, type Manifest, readManifest } from "./manifest.ts";

type Options = {
  readonly backupDir: string;
  /** What was changed after it, up to a moment. */
  readonly log?: LogToReplay;
  /** Holds no database yet. */
  readonly dataDir: string;
  readonly logger: Logger;
  readonly sharedDir?: string;
  readonly signal: AbortSignal;
};

/** A log of days is replayed within it. */
const REPLAY_WITHIN_MS = 6 * 3_600_000;

/**
 * Makes a data directory of a backup and starts a server on it once, which brings it to the end of the copy, or from there
 * on to a moment. Every file is compared with its checksum, and what the server then holds with what was counted. What
 * failed leaves nothing.
 * @throws AppError where anything differs
 */
export async function restoreBackup(options: Options): Promise<Restored> {
  const { backupDir, log, dataDir, sharedDir, signal } = options;
  const manifest = await readManifest(backupDir);
  if (manifest.kind === "dump") throw damagedBackup(`${backupDir} is a dump, not a copy of the embedded database`);
  const location = locateCluster(prepareDataDirectory(dataDir), sharedDir ?? SHARED_DIRECTORY);
  const { account, clusterDir } = location;
  if (existsSync(clusterDir)) {
    throw new AppError("STORE_BACKUP_TARGET", `${dataDir} holds a database already; restore into an empty directory.`);
  }
  try {
    await copyBack({ backupDir, clusterDir, manifest, signal });
    if (log !== undefined) await unpackLog(log, clusterDir);
    // Asks the server to begin a history of its own, so that the log of the lost one is never mixed with its.
    await writeFile(join(clusterDir, "recovery.signal"), "", { mode: 0o600 });
    giveTo(account, clusterDir);
    for (const entry of await readdir(clusterDir, { recursive: true, withFileTypes: true })) {
      giveTo(account, join(entry.parentPath, entry.name));
    }
    chmodSync(clusterDir, 0o700);
    return await replay(options, manifest);
  } catch (error) {
    await rm(clusterDir, { recursive: true, force: true });
    throw error;
  }
}

async function replay({ log, dataDir, logger, sharedDir, signal }: Options, manifest: Manifest): Promise<Restored> {
  const server = await startEmbeddedPostgres({
    dataDir,
    logger,
    settings: recoverySettings(log?.at),
    readyWithinMs: REPLAY_WITHIN_MS,
    ...(sharedDir === undefined ? {} : { sharedDir }),
  });
  const client = new Client(clientConfig(server.connection));
  client.on("error", () => undefined);
  // Ends what is being asked, too.
  const giveUp = (): void => void server.stop();
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    signal.throwIfAborted();
    await client.connect();
    return await checkRestored(client, log === undefined ? manifest : undefined);
  } finally {
    signal.removeEventListener("abort", giveUp);
    await client.end();
    await server.stop();
  }
}

/** All of the log lies in the server's own directory, so nothing is fetched; it lets nobody in before its end. */
function recoverySettings(at: Date | undefined): ServerSettings {
  return {
    restore_command: "exit 1",
    recovery_target_timeline: "current",
    hot_standby: "off",
    ...(at === undefined ? {} : { recovery_target_time: timeOf(at), recovery_target_action: "promote" }),
  };
}

/** The server reads this setting before it knows any name of a time zone. */
function timeOf(at: Date): string {
  return at.toISOString().replace("Z", "+00");
}

type Copy = {
  readonly backupDir: string;
  readonly clusterDir: string;
  readonly manifest: Manifest;
  readonly signal: AbortSignal;
};

async function copyBack({ backupDir, clusterDir, manifest, signal }: Copy): Promise<void> {
  const from = join(backupDir, "postgres");
  await mkdir(clusterDir, { mode: 0o700 });
  const directories = manifest.directories ?? (await listDirectories(from));
  for (const path of directories) await mkdir(join(clusterDir, path), { recursive: true, mode: 0o700 });
  await inLanes(manifest.files, async ({ path, size, sha256 }) => {
    signal.throwIfAborted();
    const copied = await copyFile(join(from, path), join(clusterDir, path));
    if (copied.size !== size || copied.sha256 !== sha256) throw damagedBackup(`${join(from, path)} was changed since`);
  });
  await copyFile(join(from, "backup_label"), join(clusterDir, "backup_label"));
}

/** Of a backup whose manifest does not say. */
async function listDirectories(from: string): Promise<readonly string[]> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(from.length + 1));
}
