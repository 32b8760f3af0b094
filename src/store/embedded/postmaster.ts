import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, renameSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { codeOf } from "#lib";
import type { SocketConnection } from "../database/connection.ts";
import { embeddedServerError } from "../errors.ts";
import { accepts } from "./accepts-connections.ts";
import type { ClusterLocation } from "./cluster-location.ts";
import type { Binaries } from "./postgres-binaries.ts";
import { findPostmaster } from "./postmaster-file.ts";

export type ServerSettings = Readonly<Record<string, string>>;

type Launch = {
  readonly binaries: Binaries;
  readonly location: ClusterLocation;
  readonly connection: SocketConnection;
  readonly logFile: string;
  readonly settings: ServerSettings;
  readonly readyWithinMs?: number | undefined;
};

const BASE_SETTINGS: ServerSettings = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  cluster_name: "utxoiq",
  max_connections: "60",
  timezone: "UTC",
  log_timezone: "UTC",
  // Where the files lie on a disk of today, or in memory, a page out of order costs hardly more than the next one.
  random_page_cost: "1.1",
  // What nobody copies (see backups/log/) is kept no longer than the disk allows.
  max_slot_wal_keep_size: "20GB",
  // Our queries are short; compiling them costs more than it saves.
  jit: "off",
};

/** Recovery after a crash replays what was written since the last checkpoint, and may take a while. */
const START_TIMEOUT_MS = 60_000;
const SOON_MS = 5_000;
const LAUNCH_ATTEMPTS = 10;
const FAST_STOP_MS = 4_000;
const LARGEST_LOG_BYTES = 10_000_000;

/** Starts the server and returns once it accepts connections. In a session of its own: Ctrl-C is for us alone. */
export async function launchPostmaster(launch: Launch): Promise<ChildProcess> {
  for (let attempt = 0; attempt < LAUNCH_ATTEMPTS; attempt += 1) {
    const child = spawnPostmaster(launch);
    if (await isReady(child, launch)) return child;
    // After a kill -9 the old server's last backends may still be leaving, and a new one is refused until then.
    await delay(200);
  }
  throw embeddedServerError(`PostgreSQL does not start; its log is ${launch.logFile}.`);
}

function spawnPostmaster({ binaries, location, connection, logFile, settings }: Launch): ChildProcess {
  const all = { ...BASE_SETTINGS, ...settings, port: String(connection.port) };
  const options = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openLog(logFile);
  try {
    return spawn(binaries.postgres, ["-D", location.clusterDir, "-k", connection.host, ...options], {
      ...location.account,
      cwd: "/",
      env: { LC_ALL: "C" },
      detached: true,
      stdio: ["ignore", log, log],
    });
  } finally {
    closeSync(log);
  }
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

/** False when the server has ended instead. */
async function isReady(child: ChildProcess, { connection, readyWithinMs }: Launch): Promise<boolean> {
  const withinMs = readyWithinMs ?? START_TIMEOUT_MS;
  const began = Date.now();
  const deadline = began + withinMs;
  let failure: Error | undefined;
  child.once("error", (error) => (failure = error));
  while (child.exitCode === null && child.signalCode === null) {
    if (failure !== undefined) throw embeddedServerError("PostgreSQL could not be started.", failure);
    if (await accepts({ ...connection, database: "postgres" })) return true;
    if (Date.now() > deadline) throw embeddedServerError(`PostgreSQL is not ready after ${withinMs / 1000} s.`);
    // Each question is a line in its log, of which a long recovery would make many.
    await delay(Date.now() - began < SOON_MS ? 20 : 500);
  }
  return false;
}

/** Rolls back what is open and writes everything down; after four seconds without that (crash recovery is safe). */
export async function stopPostmaster(pid: number, clusterDir: string): Promise<void> {
  signal(pid, "SIGINT");
  if (await hasEnded(pid, clusterDir)) return;
  signal(pid, "SIGQUIT");
  if (await hasEnded(pid, clusterDir)) return;
  throw embeddedServerError(`The PostgreSQL server on ${clusterDir} (process ${pid}) does not stop.`);
}

async function hasEnded(pid: number, clusterDir: string): Promise<boolean> {
  const deadline = Date.now() + FAST_STOP_MS;
  while (Date.now() < deadline) {
    if (findPostmaster(clusterDir)?.pid !== pid) return true;
    await delay(20);
  }
  return false;
}

function signal(pid: number, name: "SIGINT" | "SIGQUIT"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}
