import type { BackfillJob } from "#contract";
import type { RecentBlock } from "../live/recent-blocks.ts";

export type Happening = { readonly key: string; readonly time: string; readonly text: string };

type Sources = {
  readonly blocks: readonly RecentBlock[];
  readonly jobs: readonly BackfillJob[];
  /** What was seen since the page was opened. */
  readonly changes: readonly Happening[];
};

/** Each kind in its own order, newest first: a simulated block's time is not the clock's on the wall. */
export function listHappenings({ blocks, jobs, changes }: Sources): readonly Happening[] {
  const ofJobs = jobs.flatMap(happeningsOf).toSorted((left, right) => right.time.localeCompare(left.time));
  return [...changes, ...ofJobs.slice(0, 10), ...blocks.map(happeningOfBlock)];
}

function happeningOfBlock({ height, hash, time, pool, txs }: RecentBlock): Happening {
  return {
    key: hash,
    time,
    text: `Block ${height} connected: ${txs} transactions, mined by ${pool ?? "an unknown pool"}`,
  };
}

function happeningsOf({ id, fromHeight, toHeight, status, createdAt, finishedAt }: BackfillJob): Happening[] {
  const what = `blocks ${fromHeight} to ${toHeight}`;
  const asked = { key: `${id} asked`, time: createdAt, text: `Backfill ${id} asked for: ${what}` };
  if (finishedAt === null) return [asked];
  return [{ key: `${id} ended`, time: finishedAt, text: `Backfill ${id} ${status}: ${what}` }, asked];
}
