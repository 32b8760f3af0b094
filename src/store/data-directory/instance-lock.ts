import { join } from "node:path";
import { alreadyRunning } from "../errors.ts";
import { takeLockFile } from "./lock-file.ts";
import { prepareDataDirectory, usingDataDirectory } from "./prepare-data-directory.ts";

export type InstanceLock = { release(): void };

/** One `start` per data directory. Other commands and roles do not take this lock; they attach. */
export function acquireInstanceLock(dataDir: string, instance: { readonly url: string }): InstanceLock {
  const directory = prepareDataDirectory(dataDir);
  const attempt = usingDataDirectory(dataDir, () => takeLockFile(join(directory, "utxoiq.lock"), instance.url));
  if (!attempt.taken) throw alreadyRunning(dataDir, attempt.holder);
  return attempt;
}
