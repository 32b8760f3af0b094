import type { SystemMetrics } from "#contract";
import { formatCount, formatDecimals } from "../format/numbers.ts";

type Point = SystemMetrics["points"][number];

export type Measure = {
  readonly name: string;
  /** The newest that is known, for a person. */
  readonly value: string;
  /** Ascending by time; `null` where nothing was measured. */
  readonly values: readonly (number | null)[];
};

const MEASURES: readonly { name: string; of: (point: Point) => number | null; write: (value: number) => string }[] = [
  { name: "Answer, median", of: ({ requestP50Ms }) => requestP50Ms, write: milliseconds },
  { name: "Answer, 95 of 100", of: ({ requestP95Ms }) => requestP95Ms, write: milliseconds },
  { name: "Answer, 99 of 100", of: ({ requestP99Ms }) => requestP99Ms, write: milliseconds },
  { name: "Event to client", of: ({ eventLagMs }) => eventLagMs, write: milliseconds },
  { name: "Event loop lag", of: ({ loopDelayP99Ms }) => loopDelayP99Ms, write: milliseconds },
  { name: "Database answer", of: ({ databaseMs }) => databaseMs, write: milliseconds },
  { name: "Processor", of: ({ cpuShare }) => cpuShare, write: (share) => `${formatCount(share * 100)} %` },
  { name: "Memory", of: ({ rssBytes }) => rssBytes, write: megabytes },
  { name: "Database size", of: ({ databaseBytes }) => databaseBytes, write: megabytes },
];

export function describePerformance(points: readonly Point[]): readonly Measure[] {
  return MEASURES.map(({ name, of, write }) => {
    const values = points.map(of);
    const newest = values.findLast((value) => value !== null);
    return { name, value: newest === undefined || newest === null ? "–" : write(newest), values };
  });
}

export function milliseconds(value: number): string {
  return value < 10 ? `${formatDecimals(value, 1)} ms` : `${formatCount(value)} ms`;
}

function megabytes(bytes: number): string {
  return `${formatCount(bytes / 1e6)} MB`;
}
