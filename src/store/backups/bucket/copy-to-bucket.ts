import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "#lib";
import { type FoundBackup, listBackups } from "../list-backups.ts";
import { LOG_DIRECTORY, PARTIAL, WHOLE } from "../log/log-directory.ts";
import { MANIFEST } from "../manifest.ts";
import type { BucketClient } from "./bucket-client.ts";
import { inLanes } from "../in-lanes.ts";
import { listLogFiles } from "./list-log-files.ts";
import { listOld } from "./list-old.ts";

type Copying = {
  readonly bucket: BucketClient;
  readonly toDir: string;
  /** So many of the newest backups stay in the bucket. */
  readonly keep: number;
  readonly signal: AbortSignal;
};

export type Copied = { readonly copied: number; readonly removed: number };

/**
 * Copies what stands in the directory of backups and not yet in the bucket: the manifest of a backup last, so that one
 * that has it is whole. Takes away what the newest ones do not need; what is missing here is no reason to.
 */
export async function copyToBucket({ bucket, toDir, keep, signal }: Copying): Promise<Copied> {
  const there = await bucket.list(signal);
  const place: Place = { bucket, there, signal };
  const backups = await listBackups(toDir);
  let copied = 0;
  for (const backup of backups) {
    if (!there.has(`${backup.name}/${MANIFEST}`)) copied += await copyBackup(backup, place);
  }
  copied += await copyLog(toDir, place);
  const old = listOld({ names: [...there.keys()], backups, keep });
  await inLanes(old, (name) => bucket.remove(name, signal));
  return { copied, removed: old.length };
}

type Place = {
  readonly bucket: BucketClient;
  readonly there: ReadonlyMap<string, number>;
  readonly signal: AbortSignal;
};

async function copyBackup({ name, dir, manifest }: FoundBackup, { bucket, there, signal }: Place): Promise<number> {
  const below = manifest.kind === "dump" ? "" : "postgres/";
  const missing = manifest.files.filter(({ path, size }) => there.get(`${name}/${below}${path}`) !== size);
  await inLanes(missing, async ({ path, sha256 }) => {
    const body = await openAsBlob(join(dir, below, path));
    await bucket.put(`${name}/${below}${path}`, { body, sha256 }, signal);
  });
  const last = manifest.kind === "dump" ? [MANIFEST] : ["postgres/backup_label", MANIFEST];
  for (const path of last) await bucket.put(`${name}/${path}`, described(await readFile(join(dir, path))), signal);
  return missing.length + last.length;
}

/** Parts of files each time, as they grow. */
async function copyLog(toDir: string, { bucket, there, signal }: Place): Promise<number> {
  const { reaches, names } = await listLogFiles(toDir);
  let copied = 0;
  for (const name of names) {
    const key = `${LOG_DIRECTORY}/${name}`;
    if (there.has(key) && name.endsWith(WHOLE) && !name.endsWith(PARTIAL)) continue;
    const content = await readIfThere(join(toDir, key));
    // Part of a file that is whole by now, under another name: copied the next time.
    if (content === undefined) continue;
    await bucket.put(key, described(content), signal);
    copied += 1;
  }
  for (const [name, content] of reaches) await bucket.put(`${LOG_DIRECTORY}/${name}`, described(content), signal);
  return copied + reaches.size;
}

function described(content: Buffer): { body: Blob; sha256: string } {
  return { body: new Blob([content]), sha256: createHash("sha256").update(content).digest("hex") };
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
