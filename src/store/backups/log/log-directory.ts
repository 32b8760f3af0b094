import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "#lib";
import { parseSegment, type Segment } from "./segments.ts";

/** Of the backups' directory: `<segment>.gz`, that of now as `<segment>.partial.gz`, and what began each timeline. */
export const LOG_DIRECTORY = "log";

export const WHOLE = ".gz";
/** What of a segment was written by then. */
export const PARTIAL = ".partial.gz";

export type KeptLog = {
  readonly whole: ReadonlySet<string>;
  readonly partial: ReadonlySet<string>;
  /** How timelines began, by the server's own names. */
  readonly histories: readonly string[];
};

export async function readLogDirectory(logDir: string): Promise<KeptLog> {
  const names = await namesIn(logDir);
  const segments = (ending: string): string[] =>
    names
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length))
      .filter((name) => parseSegment(name) !== undefined);
  return {
    whole: new Set(segments(WHOLE)),
    partial: new Set(segments(PARTIAL)),
    histories: names.filter((name) => /^[0-9A-F]{8}\.history$/.test(name)),
  };
}

/** How far the log of a timeline reaches without a gap. */
export type Reach = {
  /** Nothing that was stored up to this moment is missing. */
  readonly until: Date;
  /** The last file, and the bytes of it that were written. */
  readonly segment: string;
  readonly offset: number;
};

export function nameOfReach({ timeline }: Pick<Segment, "timeline">): string {
  return `until-${timeline.toString(16).padStart(8, "0").toUpperCase()}.json`;
}

/** `undefined` where nothing of this timeline was kept. */
export async function readReach(logDir: string, segment: Pick<Segment, "timeline">): Promise<Reach | undefined> {
  try {
    const text = await readFile(join(logDir, nameOfReach(segment)), "utf8");
    const { until, ...rest } = JSON.parse(text) as Omit<Reach, "until"> & { until: string };
    return { ...rest, until: new Date(until) };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}
