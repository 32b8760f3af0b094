import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "#lib";
import { type LockAttempt, takeLockFile } from "../data-directory/lock-file.ts";
import { prepareDataDirectory, usingDataDirectory } from "../data-directory/prepare-data-directory.ts";
import { ensureDatabase, type SocketConnection } from "../database/connection.ts";
import { embeddedServerError } from "../errors.ts";
import { accepts } from "./accepts-connections.ts";
import { type ClusterLocation, locateCluster, SHARED_DIRECTORY } from "./cluster-location.ts";
import { initialiseCluster, SUPERUSER } from "./initialise-cluster.ts";
import { type Binaries, findBinaries } from "./postgres-binaries.ts";
import { findPostmaster } from "./postmaster-file.ts";
import { launchPostmaster, type ServerSettings, stopPostmaster } from "./postmaster.ts";
import { prepareSocketDirectory } from "./socket-directory.ts";

export type EmbeddedPostgres = {
  readonly connection: SocketConnection;
  /** Its files. */
  readonly clusterDir: string;
  /** Whether this process started the server; `stop` does nothing otherwise. */
  readonly owned: boolean;
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  readonly dataDir: string;
  readonly logger: Logger;
  /** Beside the ones that we set. */
  readonly settings?: ServerSettings;
  /** For root, where the server's user cannot reach the data directory or the binaries. */
  readonly sharedDir?: string;
  /** Longer than usual where a log of changes is replayed. */
  readonly readyWithinMs?: number;
};

const DATABASE = "utxoiq";
const PORT = 5432;
const ATTACH_TIMEOUT_MS = 30_000;

/** Starts PostgreSQL on the data directory, or attaches to the server that a live process already runs there. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = prepareDataDirectory(options.dataDir);
  const sharedDir = options.sharedDir ?? SHARED_DIRECTORY;
  const location = locateCluster(dataDir, sharedDir);
  const lockFile = join(dataDir, "postgres.lock");
  const deadline = Date.now() + ATTACH_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const lock = usingDataDirectory(options.dataDir, () => takeLockFile(lockFile, null));
    if (lock.taken) return startOwned(options, { dataDir, sharedDir, location, lock });
    const attached = await attach(location);
    if (attached !== undefined) return attached;
    await delay(100);
  }
  throw embeddedServerError(`Another process is starting or stopping PostgreSQL on ${dataDir} and does not finish.`);
}

async function attach(location: ClusterLocation): Promise<EmbeddedPostgres | undefined> {
  const running = findPostmaster(location.clusterDir);
  if (running === undefined) return undefined;
  const connection = connectionTo(running.socketDir);
  if (!(await accepts(connection))) return undefined;
  return { connection, clusterDir: location.clusterDir, owned: false, stop: async () => undefined };
}

type Ground = {
  readonly dataDir: string;
  readonly sharedDir: string;
  readonly location: ClusterLocation;
  readonly lock: Extract<LockAttempt, { taken: true }>;
};

async function startOwned(options: EmbeddedOptions, ground: Ground): Promise<EmbeddedPostgres> {
  try {
    const { location } = ground;
    await stopOrphan(location, options.logger);
    const binaries = findBinaries(location.account, ground.sharedDir);
    await initialiseCluster(location, binaries);
    const connection = connectionTo(prepareSocketDirectory(location.socketDir, location.account));
    const server = await launch(options, { ...ground, binaries, connection });
    const { clusterDir } = location;
    return { connection, clusterDir, owned: true, stop: () => stopOwned(server, ground) };
  } catch (error) {
    ground.lock.release();
    throw error;
  }
}

/** We hold the lock, so whoever started this server is dead: it was killed and could not stop it. */
async function stopOrphan(location: ClusterLocation, logger: Logger): Promise<void> {
  const orphan = findPostmaster(location.clusterDir);
  if (orphan === undefined) return;
  logger.warn({ pid: orphan.pid }, "stopping the PostgreSQL server that a killed process left behind");
  await stopPostmaster(orphan.pid, location.clusterDir);
}

type Start = Ground & { readonly binaries: Binaries; readonly connection: SocketConnection };

async function launch(options: EmbeddedOptions, start: Start): Promise<ChildProcess> {
  const logFile = join(start.dataDir, "postgres.log");
  const { settings = {}, readyWithinMs } = options;
  const server = await launchPostmaster({ ...start, logFile, settings, readyWithinMs });
  server.on("exit", (code, signal) => options.logger.info({ code, signal }, "PostgreSQL has ended"));
  await ensureDatabase(start.connection);
  return server;
}

async function stopOwned(server: ChildProcess, ground: Ground): Promise<void> {
  if (server.pid !== undefined) await stopPostmaster(server.pid, ground.location.clusterDir);
  ground.lock.release();
}

function connectionTo(socketDir: string): SocketConnection {
  return { host: socketDir, port: PORT, user: SUPERUSER, database: DATABASE };
}
