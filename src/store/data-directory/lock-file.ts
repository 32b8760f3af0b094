import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { codeOf } from "#lib";
import { isAlive, ownIdentity, type ProcessIdentity } from "./process-identity.ts";

export type LockHolder = ProcessIdentity & { readonly startedAt: string; readonly url: string | null };

export type LockAttempt =
  | { readonly taken: true; readonly tookOver: boolean; release(): void }
  | { readonly taken: false; readonly holder: LockHolder };

const ATTEMPTS = 20;

/** The live process that holds it; `undefined` where none does. */
export function readLockFile(path: string): LockHolder | undefined {
  const found = readIfThere(path);
  const holder = found === undefined ? undefined : parseHolder(found);
  return holder !== undefined && isAlive(holder) ? holder : undefined;
}

/** Takes the lock file unless a live process holds it. What a dead process left behind is taken over. */
export function takeLockFile(path: string, url: string | null): LockAttempt {
  const own: LockHolder = { ...ownIdentity(), startedAt: new Date().toISOString(), url };
  const text = `${JSON.stringify(own)}\n`;
  let tookOver = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (createWhole(path, text)) return { taken: true, tookOver, release: () => removeOwn(path, text) };
    const found = readIfThere(path);
    const holder = found === undefined ? undefined : parseHolder(found);
    if (holder !== undefined && isAlive(holder)) return { taken: false, holder };
    if (found !== undefined) tookOver = removeStale(path, found) || tookOver;
  }
  throw new Error(`the lock file ${path} changes hands faster than it can be read`);
}

/** `link` fails when the name is taken and never shows half a file, unlike open-then-write. */
function createWhole(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Two starters may both find the same dead owner. Each moves the file away under a name of its own and looks again
 * at what it got, so that the slower one does not remove the lock that the faster one has just taken.
 */
function removeStale(path: string, stale: string): boolean {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
  const wasStale = readIfThere(aside) === stale;
  if (!wasStale) putBack(aside, path);
  rmSync(aside, { force: true });
  return wasStale;
}

function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

function removeOwn(path: string, text: string): void {
  if (readIfThere(path) === text) rmSync(path, { force: true });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** `undefined` for a file that no version of this program wrote whole: nobody can be holding it. */
function parseHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isHolder(value: unknown): value is LockHolder {
  return (
    typeof value === "object" &&
    value !== null &&
    "pid" in value &&
    typeof value.pid === "number" &&
    "startTime" in value
  );
}
