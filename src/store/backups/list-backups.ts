import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "#lib";
import { type Manifest, readManifest } from "./manifest.ts";

export type FoundBackup = { readonly name: string; readonly dir: string; readonly manifest: Manifest };

const NOT_THERE = new Set<unknown>(["ENOENT", "ENOTDIR"]);

/** Names of the whole backups of a directory, the oldest first; none where there is no such directory. */
export async function listBackupNames(toDir: string): Promise<readonly string[]> {
  try {
    return (await readdir(toDir)).filter((name) => /^backup-[\dTZ-]+$/.test(name)).toSorted();
  } catch (error) {
    if (NOT_THERE.has(codeOf(error))) return [];
    throw error;
  }
}

/** The whole backups of a directory, the oldest first. */
export async function listBackups(toDir: string): Promise<readonly FoundBackup[]> {
  const names = await listBackupNames(toDir);
  return Promise.all(
    names.map(async (name) => {
      const dir = join(toDir, name);
      return { name, dir, manifest: await readManifest(dir) };
    }),
  );
}
