/** In a thread of a backfill worker (task-thread.ts): does one task at a time for task-threads.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { backfilling } from "#ingest";
import { codeOf, createLogger, messageOf } from "#lib";
import { openDatabase } from "#store";
import type { FromThread, ThreadData, ToThread } from "./thread-messages.ts";

const { connection, reader: options } = workerData as ThreadData;
const stop = new AbortController();
const logger = createLogger(undefined, "silent");
const db = await openDatabase({ connection, name: "backfill", logger, poolSize: 2, statementTimeoutMs: 120_000 });
let reader: backfilling.RangeReader | undefined;
let task = new AbortController();
let onLabels: (labels: backfilling.PortableLabels | undefined) => void = () => {};

const shelf: backfilling.LabelShelf = {
  take: (version) => {
    const { promise, resolve } = Promise.withResolvers<backfilling.PortableLabels | undefined>();
    onLabels = resolve;
    tell({ type: "labels-wanted", version });
    return promise;
  },
  leave: (labels) => tell({ type: "labels-made", labels }),
  giveUp: () => tell({ type: "labels-failed" }),
};

async function work({ jobId, rangeId }: Extract<ToThread, { type: "work" }>["task"]): Promise<void> {
  task = new AbortController();
  const signal = AbortSignal.any([task.signal, stop.signal]);
  if (rangeId === null) return backfilling.foldHistory({ db, jobId, publication: options.publication, signal });
  reader ??= await backfilling.openRangeReader(options, { db, shelf, signal: stop.signal });
  await reader.work(rangeId, signal);
  signal.throwIfAborted();
}

function tell(message: FromThread): void {
  parentPort?.postMessage(message, []);
}

async function end(): Promise<void> {
  stop.abort();
  await reader?.close();
  await db.destroy();
  parentPort?.close();
}

parentPort?.on("message", (message: ToThread) => {
  if (message.type === "abandon") task.abort();
  else if (message.type === "labels") onLabels(message.labels);
  else if (message.type === "stop") void end();
  else {
    work(message.task).then(
      () => tell({ type: "done" }),
      (error: unknown) =>
        tell({ type: "failed", code: codeOf(error) ?? "JOBS_TASK_FAILED", message: messageOf(error) }),
    );
  }
});
