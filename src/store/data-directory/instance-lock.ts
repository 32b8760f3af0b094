import { join } from "node:path";
import { alreadyRunning } from "../errors.ts";
import { readLockFile, takeLockFile } from "./lock-file.ts";
import { prepareDataDirectory, usingDataDirectory } from "./prepare-data-directory.ts";

export type InstanceLock = { release(): void };

/** What runs, and where it can be reached. */
export type Instance = { readonly roles: readonly string[]; readonly url: string | null };

/** Where the page of whatever runs on this directory is reached; `undefined` where nothing that serves one does. */
export function findRunningUrl(dataDir: string): string | undefined {
  return readLockFile(join(dataDir, "api.lock"))?.url ?? undefined;
}

/** One `start` of each role per data directory. Other roles and commands are not kept out; they attach. */
export function acquireInstanceLock(dataDir: string, { roles, url }: Instance): InstanceLock {
  const directory = prepareDataDirectory(dataDir);
  const held: InstanceLock[] = [];
  const release = (): void => held.splice(0).forEach((lock) => lock.release());
  for (const role of roles) {
    const attempt = usingDataDirectory(dataDir, () => takeLockFile(join(directory, `${role}.lock`), url));
    if (!attempt.taken) {
      release();
      throw alreadyRunning(dataDir, attempt.holder);
    }
    held.push(attempt);
  }
  return { release };
}
