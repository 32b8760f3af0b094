import { linkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { codeOf } from "#lib";

const OWNER_ALONE = 0o600;
const OTHERS = 0o077;

/** Writes a file that nobody but its owner can read; false where there is one already. */
export function createPrivateFile(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`;
  // A draft that a killed process left may have another mode, which writing does not change.
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode: OWNER_ALONE, flag: "wx" });
  try {
    // `link` never shows half a file, and refuses where one is.
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Whether others than its owner may read or write a file. */
export function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & OTHERS) !== 0;
}
