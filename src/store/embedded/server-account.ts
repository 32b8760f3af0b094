import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync } from "node:fs";

/** The user that PostgreSQL runs as, when that is not us. */
export type Account = { readonly uid: number; readonly gid: number };

const NOBODY: Account = { uid: 65_534, gid: 65_534 };

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * PostgreSQL refuses to run as root, so root picks the user that already owns the cluster, else `postgres`,
 * else `nobody`. Anyone else runs it as themselves (`undefined`).
 */
export function chooseAccount(clusterDir: string): Account | undefined {
  if (!runsAsRoot()) return undefined;
  return ownerOf(clusterDir) ?? accountNamed("postgres") ?? accountNamed("nobody") ?? NOBODY;
}

function ownerOf(path: string): Account | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined || stat.uid === 0 ? undefined : { uid: stat.uid, gid: stat.gid };
}

function accountNamed(name: string): Account | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((candidate) => candidate.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

export function giveTo(account: Account | undefined, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

/** A directory that the server's user can pass through, whatever root's umask is. */
export function createPassable(directory: string): void {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o755);
}

/** Asks the system itself, as that user: mode bits alone know nothing of ACLs and mount options. */
export function canEnter(account: Account | undefined, directory: string): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$0"', directory], { ...account, env: {}, cwd: "/" }).status === 0;
}

export function canRun(account: Account | undefined, program: string): boolean {
  return spawnSync(program, ["--version"], { ...account, env: {}, cwd: "/" }).status === 0;
}
