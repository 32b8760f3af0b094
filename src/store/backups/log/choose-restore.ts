import { join } from "node:path";
import { AppError, codeOf } from "#lib";
import { type FoundBackup, listBackups } from "../list-backups.ts";
import { type Manifest, readManifest } from "../manifest.ts";
import { type KeptLog, LOG_DIRECTORY, PARTIAL, readLogDirectory, readReach, WHOLE } from "./log-directory.ts";
import { nameOfSegment, parseSegment, type Segment } from "./segments.ts";

const OUT_OF_REACH = "STORE_RESTORE_TIME";

/** What of the log follows on a backup. */
export type LogToReplay = {
  readonly logDir: string;
  readonly files: readonly { readonly name: string; readonly file: string }[];
  readonly histories: readonly string[];
  /** `undefined`: all of it. */
  readonly at: Date | undefined;
};

export type RestoreChoice = { readonly backupDir: string; readonly log: LogToReplay };

/**
 * The newest backup before a moment, and the log from there on to it.
 * @throws AppError where the moment lies before the first backup, or the log does not reach it
 */
export async function chooseRestore(toDir: string, at: Date | "latest"): Promise<RestoreChoice> {
  const backups = (await listBackups(toDir)).filter(({ manifest }) => manifest.kind !== "dump");
  const before = backups.filter(({ manifest }) => at === "latest" || new Date(manifest.finishedAt) <= at);
  const chosen = before.at(-1);
  if (chosen === undefined) throw tooEarly(toDir, backups);
  const log = await followOn(chosen.manifest, join(toDir, LOG_DIRECTORY), at);
  return { backupDir: chosen.dir, log };
}

/** Whether the log follows on the newest backup, with nothing missing in between. */
export async function goesOn(toDir: string, timeline: number): Promise<boolean> {
  try {
    const { backupDir } = await chooseRestore(toDir, "latest");
    return lastSegmentOf(await readManifest(backupDir))?.timeline === timeline;
  } catch (error) {
    if (codeOf(error) === OUT_OF_REACH) return false;
    throw error;
  }
}

/** The last file of the log that a backup holds itself. */
function lastSegmentOf({ files }: Manifest): Segment | undefined {
  const names = files.map(({ path }) => /^pg_wal\/([0-9A-F]{24})$/.exec(path)?.[1] ?? "");
  return parseSegment(names.toSorted().at(-1) ?? "");
}

/** The first one, which it needs to be whole. */
export function firstSegmentOf({ files }: Manifest): Segment | undefined {
  const names = files.flatMap(({ path }) => /^pg_wal\/([0-9A-F]{24})$/.exec(path)?.[1] ?? []);
  return parseSegment(names.toSorted()[0] ?? "");
}

async function followOn(manifest: Manifest, logDir: string, at: Date | "latest"): Promise<LogToReplay> {
  const last = lastSegmentOf(manifest);
  const reach = last && (await readReach(logDir, last));
  if (last === undefined || reach === undefined) throw outOfReach(`no log of changes was kept in ${logDir}`);
  if (at !== "latest" && at > reach.until) {
    throw outOfReach(`the log of changes reaches until ${reach.until.toISOString()}`);
  }
  const kept = await readLogDirectory(logDir);
  const end = parseSegment(reach.segment)?.index ?? 0;
  const files: { name: string; file: string }[] = [];
  for (let index = last.index + 1; index <= end; index += 1) {
    const name = nameOfSegment({ timeline: last.timeline, index });
    // Of an earlier one that was not archived to its end, something is missing.
    const file = index < end && !kept.whole.has(name) ? undefined : fileOf(kept, name);
    // Of the last one nothing may have been written yet.
    if (file === undefined && index === end && reach.offset === 0) break;
    if (file === undefined) throw outOfReach(`${name} is missing in ${logDir}, and what comes after it builds on it`);
    files.push({ name, file: join(logDir, file) });
  }
  return { logDir, files, histories: kept.histories, at: at === "latest" ? undefined : at };
}

function fileOf(kept: KeptLog, name: string): string | undefined {
  if (kept.whole.has(name)) return `${name}${WHOLE}`;
  return kept.partial.has(name) ? `${name}${PARTIAL}` : undefined;
}

function tooEarly(toDir: string, [oldest]: readonly FoundBackup[]): AppError {
  if (oldest === undefined) return outOfReach(`${toDir} holds no backup`);
  return outOfReach(`the oldest backup of ${toDir} is of ${oldest.manifest.finishedAt}`);
}

function outOfReach(reason: string): AppError {
  return new AppError(OUT_OF_REACH, `That moment cannot be gone back to: ${reason}.`);
}
