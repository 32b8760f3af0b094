import { lstat, readdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "#lib";

/** Bytes of the files in directories, and of the disk that the first is on. */
export type DiskUse = { readonly usedBytes: number; readonly freeBytes: number; readonly totalBytes: number };

/** `undefined` where the first is not there. @throws Error where the system tells nothing of it */
export async function measureDisk([first, ...others]: readonly string[]): Promise<DiskUse | undefined> {
  if (first === undefined) return undefined;
  try {
    const disk = await statfs(first);
    const elsewhere = others.filter((path) => !path.startsWith(join(first, "/")));
    const used = await Promise.all([first, ...elsewhere].map(bytesIn));
    return {
      usedBytes: used.reduce((sum, bytes) => sum + bytes, 0),
      // What is kept back for root is of no use to anybody else.
      freeBytes: disk.bavail * disk.bsize,
      totalBytes: disk.blocks * disk.bsize,
    };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** As they lie on the disk: files with holes take less than their length. What goes away meanwhile counts nothing. */
async function bytesIn(path: string): Promise<number> {
  try {
    const stat = await lstat(path);
    const own = stat.blocks * BLOCK_BYTES;
    if (!stat.isDirectory()) return own;
    let sum = own;
    for (const name of await readdir(path)) sum += await bytesIn(join(path, name));
    return sum;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return 0;
    throw error;
  }
}

/** Of `stat`, whatever the disk's own are. */
const BLOCK_BYTES = 512;
