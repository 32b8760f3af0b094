import type { MonitoringStatus } from "#contract";
import type { measures } from "#store";
import type { DiskMeasure } from "./disk-watch.ts";
import type { ApiMeasure } from "./sample-system.ts";
import { MOST_DELAY_MS } from "./shed-load.ts";

type Component = MonitoringStatus["components"][number];

/** The process that answers: where its work waits so long, it begins to turn requests away. */
export function apiComponent({ answerMs, waitMs }: ApiMeasure): Component {
  const reason = waitMs < MOST_DELAY_MS ? null : `work waits up to ${Math.round(waitMs)} ms for its turn`;
  const state = reason === null ? "healthy" : "degraded";
  return { name: "api", state, reason, checkedAt: new Date().toISOString(), latencyMs: answerMs };
}

/** The queue, and how long its database took to tell. */
export type QueueReading = { readonly queue: measures.QueueState; readonly tookMs: number };

/** Somebody takes a job within a second where anybody does. */
const UNTAKEN_SECONDS = 60;

export function queueComponent({ queue, tookMs }: QueueReading): Component {
  const reason = troubleOf(queue);
  const state = reason === null ? "healthy" : "degraded";
  return { name: "queue", state, reason, checkedAt: new Date().toISOString(), latencyMs: tookMs };
}

function troubleOf({ active, failed, oldestWaitingSeconds }: measures.QueueState): string | null {
  if (failed > 0) return `${failed} ${failed === 1 ? "job has" : "jobs have"} failed for good`;
  if (active > 0 || oldestWaitingSeconds === null || oldestWaitingSeconds < UNTAKEN_SECONDS) return null;
  return `no process takes jobs: the oldest waits for ${Math.round(oldestWaitingSeconds)} s`;
}

const GIGABYTE = 1e9;

/** Both have to be little: a tenth of a large disk is much, and a few gigabytes may be all that there are. */
const LITTLE = { share: 0.1, bytes: 10 * GIGABYTE };
/** With less PostgreSQL cannot write its log much longer, and ends. */
const NONE_BYTES = 0.1 * GIGABYTE;

export function diskComponent({ at, tookMs, uses, failure }: DiskMeasure): Component {
  const least = uses.toSorted((left, right) => left.freeBytes - right.freeBytes)[0];
  const basics = { name: "disk", checkedAt: at.toISOString(), latencyMs: tookMs } as const;
  if (least === undefined) return { ...basics, state: "degraded", reason: failure ?? "no directory is there" };
  const { name, freeBytes, totalBytes } = least;
  const isLittle = freeBytes < LITTLE.bytes && freeBytes < LITTLE.share * totalBytes;
  if (!isLittle) return { ...basics, state: failure === null ? "healthy" : "degraded", reason: failure };
  const reason = `${(freeBytes / GIGABYTE).toFixed(1)} GB are left on the disk of ${WORDS[name]}`;
  return { ...basics, state: freeBytes < NONE_BYTES ? "down" : "degraded", reason };
}

const WORDS = { data: "the data directory", log: "the archived log", backups: "backups" } as const;
