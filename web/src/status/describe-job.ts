import type { BackfillChange, BackfillJob } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { formatDuration } from "../format/times.ts";
import type { Tone } from "../parts/state-mark.tsx";

type Status = BackfillJob["status"];

export const JOB_TONES: Readonly<Record<Status, Tone>> = {
  queued: "waiting",
  running: "good",
  paused: "warning",
  done: "good",
  cancelled: "waiting",
  failed: "bad",
};

export const JOB_WORDS: Readonly<Record<Status, string>> = {
  queued: "Queued",
  running: "Running",
  paused: "Paused",
  done: "Done",
  cancelled: "Cancelled",
  failed: "Failed",
};

/** What can be done with a job that is at this. */
export const JOB_CHANGES: Readonly<Record<Status, readonly BackfillChange[]>> = {
  queued: ["pause", "cancel"],
  running: ["pause", "cancel"],
  paused: ["resume", "cancel"],
  failed: ["retry", "cancel"],
  done: [],
  cancelled: [],
};

export const CHANGE_WORDS: Readonly<Record<BackfillChange, string>> = {
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel",
  retry: "Try again",
};

const PARTS = { features: "Reading blocks", signals: "Finding signals" } as const;

/** Whole percents, rounded down: 100 is the end alone. */
export function percentOf({ percent, status }: Pick<BackfillJob, "percent" | "status">): number {
  return status === "done" ? 100 : Math.floor(percent ?? 0);
}

/** How far a job is and how fast, for a person. */
export function describeProgress(job: BackfillJob): string {
  const { part, blocksDone, blocksTotal, blocksPerSecond, etaSeconds, status } = job;
  if (status === "queued" || blocksTotal === null) return "waits for a worker";
  const blocks = `${formatCount(blocksDone)} of ${formatCount(blocksTotal)} blocks`;
  if (status === "done") return `${formatCount(blocksTotal)} blocks`;
  const pace = blocksPerSecond === null ? "" : ` · ${formatCount(blocksPerSecond)} blocks/s`;
  const left = etaSeconds === null ? "" : ` · ${formatDuration(Math.ceil(etaSeconds))} left`;
  return `${PARTS[part]}: ${blocks}${pace}${left}`;
}

/** What went wrong, as far as anything did. */
export function describeTrouble({ failure, errorCount, parkedCount }: BackfillJob): string | undefined {
  if (failure !== null) return failure.message;
  if (errorCount === 0) return undefined;
  const tries = `${formatCount(errorCount)} ${errorCount === 1 ? "attempt" : "attempts"} failed`;
  return parkedCount === 0 ? `${tries} and went on` : `${tries}, ${formatCount(parkedCount)} blocks are left out`;
}
