import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "#lib";
import { embeddedServerError } from "../errors.ts";
import type { ClusterLocation } from "./cluster-location.ts";
import type { Binaries } from "./postgres-binaries.ts";
import { giveTo } from "./server-account.ts";

export const SUPERUSER = "utxoiq";

const MAJOR_VERSION = "18";

/** In a process group of its own: a terminal's Ctrl-C reaches this process alone, which stops when this is done. */
async function run(command: string, options: readonly string[], { account }: ClusterLocation): Promise<void> {
  const env = { LC_ALL: "C", TZ: "UTC" };
  const child = spawn(command, options, {
    ...account,
    cwd: "/",
    env,
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  let complaint = "";
  child.stderr.on("data", (bytes) => {
    complaint += String(bytes);
  });
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(complaint.trim());
}

/**
 * Makes a cluster where there is none. No password: there is no network listener, and the socket's directory
 * can be entered by its owner alone.
 */
export async function initialiseCluster(location: ClusterLocation, binaries: Binaries): Promise<void> {
  if (existsSync(location.clusterDir)) return checkVersion(location.clusterDir);
  const draft = `${location.clusterDir}.new`;
  // What an interrupted start left behind.
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveTo(location.account, draft);
  const options = [
    "--username",
    SUPERUSER,
    "--auth",
    "trust",
    "--encoding",
    "UTF8",
    "--locale",
    "C",
    "--no-instructions",
  ];
  try {
    await run(binaries.initdb, ["--pgdata", draft, ...options], location);
  } catch (error) {
    throw embeddedServerError(
      `The database could not be created in ${location.clusterDir}: ${messageOf(error)}`,
      error,
    );
  }
  renameSync(draft, location.clusterDir);
}

function checkVersion(clusterDir: string): void {
  const version = readFileSync(join(clusterDir, "PG_VERSION"), "utf8").trim();
  if (version === MAJOR_VERSION) return;
  throw embeddedServerError(
    `The database in ${clusterDir} was made by PostgreSQL ${version}; this is PostgreSQL ${MAJOR_VERSION}.`,
  );
}
