import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** Removes all but the newest backups of a directory, and what is left of those that were not completed. */
export async function rotateBackups(toDir: string, keep: number): Promise<readonly string[]> {
  const names = (await readdir(toDir)).filter((name) => /^backup-[\dTZ-]+(\.part)?$/.test(name)).toSorted();
  const whole = names.filter((name) => !name.endsWith(".part"));
  const old = whole.slice(0, Math.max(0, whole.length - keep));
  for (const name of [...old, ...names.filter((each) => each.endsWith(".part"))]) {
    await rm(join(toDir, name), { recursive: true, force: true });
  }
  return old;
}
