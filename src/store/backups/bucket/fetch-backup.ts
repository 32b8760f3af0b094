import { existsSync } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError, codeOf } from "#lib";
import { inLanes } from "../in-lanes.ts";
import { firstSegmentOf } from "../log/choose-restore.ts";
import { damagedBackup, type Manifest, MANIFEST, readManifest } from "../manifest.ts";
import type { BucketClient } from "./bucket-client.ts";
import { fetchLog } from "./fetch-log.ts";

/** One backup by its name, or the newest before a moment with the log that follows on it. */
export type Wanted = { readonly name: string } | { readonly at: Date | "latest" };

type Fetching = {
  readonly bucket: BucketClient;
  /** In which backups stand, or shall stand. What is there already is not fetched again. */
  readonly toDir: string;
  readonly wanted: Wanted;
  readonly signal: AbortSignal;
};

/** The backup, and how many files were fetched of it and the log. */
export type Fetched = { readonly name: string; readonly files: number };

/**
 * Fetches what a restore needs out of the bucket into a directory that looks as the one it was copied from. A backup
 * appears there when it is complete and each file has its checksum; what broke off goes on where it was.
 * @throws AppError where the bucket holds no such backup
 */
export async function fetchBackup({ bucket, toDir, wanted, signal }: Fetching): Promise<Fetched> {
  const there = await bucket.list(signal);
  await mkdir(toDir, { recursive: true });
  // Whole backups alone: the manifest was copied last.
  const names = [...there.keys()].flatMap((key) => /^(backup-[\dTZ-]+)\/manifest\.json$/.exec(key)?.[1] ?? []);
  const manifests = new Map<string, Manifest>();
  const manifestOf = async (name: string): Promise<Manifest> => {
    const known = manifests.get(name) ?? (await fetchManifest(name, { bucket, toDir, signal }));
    manifests.set(name, known);
    return known;
  };
  const name = await choose(names.toSorted().toReversed(), wanted, manifestOf);
  const manifest = await manifestOf(name);
  const files = await fetchFiles(name, manifest, { bucket, toDir, signal });
  for (const other of manifests.keys())
    if (other !== name) await rm(draftOf(toDir, other), { recursive: true, force: true });
  const first = firstSegmentOf(manifest)?.index;
  if ("name" in wanted || first === undefined) return { name, files };
  return { name, files: files + (await fetchLog({ bucket, toDir, names: [...there.keys()], first, signal })) };
}

type Place = Pick<Fetching, "bucket" | "toDir" | "signal">;

/** @param names the newest first */
async function choose(
  names: readonly string[],
  wanted: Wanted,
  manifestOf: (name: string) => Promise<Manifest>,
): Promise<string> {
  if ("name" in wanted) {
    if (names.includes(wanted.name)) return wanted.name;
    throw outOfReach(`the bucket holds no whole backup ${wanted.name}`);
  }
  let oldest: string | undefined;
  for (const name of names) {
    const { kind, finishedAt } = await manifestOf(name);
    if (kind === "dump") continue;
    if (wanted.at === "latest" || new Date(finishedAt) <= wanted.at) return name;
    oldest = finishedAt;
  }
  throw outOfReach(
    oldest === undefined ? "the bucket holds no backup" : `its oldest backup in the bucket is of ${oldest}`,
  );
}

async function fetchManifest(name: string, { bucket, toDir, signal }: Place): Promise<Manifest> {
  if (existsSync(join(toDir, name, MANIFEST))) return readManifest(join(toDir, name));
  const draft = draftOf(toDir, name);
  await mkdir(draft, { recursive: true });
  await bucket.get(`${name}/${MANIFEST}`, join(draft, MANIFEST), signal);
  return readManifest(draft);
}

async function fetchFiles(name: string, manifest: Manifest, { bucket, toDir, signal }: Place): Promise<number> {
  if (existsSync(join(toDir, name, MANIFEST))) return 0;
  const draft = draftOf(toDir, name);
  const isDump = manifest.kind === "dump";
  let fetched = 0;
  const fetchFile = async (
    path: string,
    expected?: { readonly size: number; readonly sha256: string },
  ): Promise<void> => {
    const target = join(draft, inside(path, name));
    if (expected !== undefined && (await sizeOf(target)) === expected.size) return;
    await mkdir(dirname(target), { recursive: true });
    const sha256 = await bucket.get(`${name}/${path}`, target, signal);
    if (expected !== undefined && sha256 !== expected.sha256) {
      await rm(target);
      throw damagedBackup(`${path} of ${name} in the bucket was changed since`);
    }
    fetched += 1;
  };
  await inLanes(manifest.files, ({ path, ...expected }) => fetchFile(isDump ? path : `postgres/${path}`, expected));
  if (!isDump) await fetchFile("postgres/backup_label");
  await rename(draft, join(toDir, name));
  return fetched + 1;
}

function draftOf(toDir: string, name: string): string {
  return join(toDir, `${name}.part`);
}

/** A bucket may hold what others wrote; no name of theirs leads out of the directory. */
function inside(path: string, name: string): string {
  if (path.split("/").some((part) => part === "" || part === "..")) {
    throw damagedBackup(`the manifest of ${name} in the bucket names a file outside it: ${path}`);
  }
  return path;
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function outOfReach(reason: string): AppError {
  return new AppError("STORE_RESTORE_TIME", `That backup cannot be fetched: ${reason}.`);
}
