import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { inLanes } from "../in-lanes.ts";
import { LOG_DIRECTORY, PARTIAL, readLogDirectory, readReach, WHOLE } from "../log/log-directory.ts";
import { parseSegment } from "../log/segments.ts";
import type { BucketClient } from "./bucket-client.ts";

type Fetching = {
  readonly bucket: BucketClient;
  readonly toDir: string;
  /** All there are in the bucket. */
  readonly names: readonly string[];
  /** The segment from which on the log is needed. */
  readonly first: number;
  readonly signal: AbortSignal;
};

/** Fetches the log of each timeline of which the bucket knows more than the directory, and how many files that were. */
export async function fetchLog(fetching: Fetching): Promise<number> {
  const { toDir, names } = fetching;
  await mkdir(join(toDir, LOG_DIRECTORY), { recursive: true });
  const timelines = names.flatMap((name) => /^log\/until-([0-9A-F]{8})\.json$/.exec(name)?.[1] ?? []);
  let fetched = 0;
  for (const timeline of timelines) fetched += await fetchTimeline(timeline, fetching);
  return fetched;
}

/** How far it reaches is read before the files, and stands in the directory after them: it tells of none that is missing. */
async function fetchTimeline(timeline: string, { bucket, toDir, names, first, signal }: Fetching): Promise<number> {
  const logDir = join(toDir, LOG_DIRECTORY);
  const reach = join(logDir, `until-${timeline}.json`);
  const draft = `${reach}.part`;
  await bucket.get(`${LOG_DIRECTORY}/until-${timeline}.json`, draft, signal);
  const { until } = JSON.parse(await readFile(draft, "utf8")) as { until: string };
  const known = await readReach(logDir, { timeline: Number.parseInt(timeline, 16) });
  if (known !== undefined && known.until >= new Date(until)) {
    await rm(draft);
    return 0;
  }
  const { whole } = await readLogDirectory(logDir);
  const missing = names
    .filter((name) => name.startsWith(`${LOG_DIRECTORY}/${timeline}`))
    .map((name) => name.slice(LOG_DIRECTORY.length + 1))
    .filter((file) => isNeeded(file, first, whole));
  await inLanes(missing, async (file) => {
    await bucket.get(`${LOG_DIRECTORY}/${file}`, join(logDir, file), signal);
  });
  await rename(draft, reach);
  return missing.length + 1;
}

const FILE = /^([0-9A-F]{24})(\.partial)?\.gz$/;

function isNeeded(file: string, first: number, whole: ReadonlySet<string>): boolean {
  if (/^[0-9A-F]{8}\.history$/.test(file)) return true;
  const [, segment = ""] = FILE.exec(file) ?? [];
  const index = parseSegment(segment)?.index;
  if (index === undefined || index < first) return false;
  // Part of a file grows, one that is whole does not.
  return file.endsWith(PARTIAL) || (file.endsWith(WHOLE) && !whole.has(segment));
}
