import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest } from "../manifest.ts";
import { firstSegmentOf } from "./choose-restore.ts";
import { PARTIAL, readLogDirectory, WHOLE } from "./log-directory.ts";
import { parseSegment } from "./segments.ts";

/** Removes what of the log lies before the first backup that is still there; returns how many files went. */
export async function tidyLog(logDir: string, backups: readonly Manifest[]): Promise<number> {
  const needed = backups.map((manifest) => firstSegmentOf(manifest)?.index ?? 0);
  const first = Math.min(...needed);
  if (!Number.isFinite(first)) return 0;
  const { whole, partial } = await readLogDirectory(logDir);
  const old = (names: ReadonlySet<string>): string[] =>
    [...names].filter((name) => (parseSegment(name)?.index ?? first) < first);
  const files = [...old(whole).map((name) => name + WHOLE), ...old(partial).map((name) => name + PARTIAL)];
  for (const file of files) await rm(join(logDir, file), { force: true });
  return files.length;
}
