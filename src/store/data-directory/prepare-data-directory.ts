import { accessSync, constants, existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { codeOf } from "#lib";
import { dataDirectoryError } from "../errors.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOTDIR: "it or a part of its path is a file",
  ENOENT: "it cannot be created there",
  ENOSPC: "the disk is full",
};

/** Creates the data directory where it is missing and returns its absolute path, or says why it cannot be used. */
export function prepareDataDirectory(dataDir: string): string {
  return usingDataDirectory(dataDir, () => {
    createDirectory(resolve(dataDir));
    // The trailing slash refuses a file of that name.
    accessSync(`${dataDir}/`, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(dataDir);
  });
}

/** Not `recursive: true`: Node then tries for ever where the system answers ENOENT below a parent that exists (/proc). */
function createDirectory(path: string): void {
  if (!existsSync(dirname(path))) createDirectory(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/** Runs file work in the data directory; a refusal of the system becomes one sentence that names the directory. */
export function usingDataDirectory<T>(dataDir: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = REASONS[codeOf(error) ?? ""];
    if (reason === undefined) throw error;
    throw dataDirectoryError(`The data directory ${dataDir} cannot be used: ${reason}.`, error);
  }
}
