import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib";

export type BackedUpFile = { readonly path: string; readonly size: number; readonly sha256: string };

/** How many rows tables had. */
export type RowCounts = Readonly<Record<string, number>>;

export type Manifest = {
  readonly format: 1;
  /** Absent: the files of the embedded server. */
  readonly kind?: "dump";
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly bytes: number;
  readonly before: RowCounts;
  readonly after: RowCounts;
  /** Rows that came meanwhile, others that went not counted off. Absent: as many as the tables grew by. */
  readonly inserted?: RowCounts;
  readonly files: readonly BackedUpFile[];
  /** Also those without a file, which a copy of a copy may have lost. */
  readonly directories?: readonly string[];
};

export const MANIFEST = "manifest.json";

/** @throws AppError where the directory is no whole backup */
export async function readManifest(backupDir: string): Promise<Manifest> {
  try {
    const manifest = JSON.parse(await readFile(join(backupDir, MANIFEST), "utf8")) as Manifest;
    if (manifest.format === 1) return manifest;
  } catch (cause) {
    throw damagedBackup(`${backupDir} has no ${MANIFEST} that can be read, so it is no whole backup`, cause);
  }
  throw damagedBackup(`${backupDir} is a backup of a newer program`);
}

export function damagedBackup(message: string, cause?: unknown): AppError {
  return new AppError("STORE_BACKUP_DAMAGED", message, cause === undefined ? {} : { cause });
}
