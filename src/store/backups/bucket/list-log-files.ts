import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LOG_DIRECTORY, nameOfReach, PARTIAL, readLogDirectory, WHOLE } from "../log/log-directory.ts";
import { parseSegment } from "../log/segments.ts";

export type LogFiles = {
  /** What was there when the others were not looked at yet: it tells of no file that is not among them. */
  readonly reaches: ReadonlyMap<string, Buffer>;
  readonly names: readonly string[];
};

/** What is kept of the log, while more of it is. */
export async function listLogFiles(toDir: string): Promise<LogFiles> {
  const logDir = join(toDir, LOG_DIRECTORY);
  const before = await readLogDirectory(logDir);
  const timelines = new Set([...before.whole, ...before.partial].flatMap((name) => parseSegment(name)?.timeline ?? []));
  const reaches = new Map<string, Buffer>();
  for (const timeline of timelines) {
    const name = nameOfReach({ timeline });
    reaches.set(name, await readFile(join(logDir, name)));
  }
  const { whole, partial, histories } = await readLogDirectory(logDir);
  const files = [
    [...whole].toSorted().map((name) => name + WHOLE),
    [...partial].map((name) => name + PARTIAL),
    histories,
  ];
  return { reaches, names: files.flat() };
}
