import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { listBackupNames } from "./list-backups.ts";

/** What nobody has touched for so long was left behind by a process that was killed; another may be at work on newer. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

/** Removes all but the newest backups of a directory, and what is left of those that were not completed. */
export async function rotateBackups(toDir: string, keep: number): Promise<readonly string[]> {
  const whole = await listBackupNames(toDir);
  const old = whole.slice(0, Math.max(0, whole.length - keep));
  for (const name of [...old, ...(await listLeftBehind(toDir))]) {
    await rm(join(toDir, name), { recursive: true, force: true });
  }
  return old;
}

async function listLeftBehind(toDir: string): Promise<readonly string[]> {
  const left: string[] = [];
  const names = await readdir(toDir);
  for (const name of names.filter((each) => /^(backup-[\dTZ-]+\.part|verify-\w+)$/.test(each))) {
    const { mtimeMs } = await stat(join(toDir, name));
    if (Date.now() - mtimeMs > LEFT_BEHIND_MS) left.push(name);
  }
  return left;
}
