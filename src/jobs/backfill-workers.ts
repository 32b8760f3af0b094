import type { backfilling } from "#ingest";
import { codeOf, keepDoing, type Logger, messageOf } from "#lib";
import { backfill, type Connection, type Database } from "#store";
import { isGone } from "./is-gone.ts";
import { keepTidy, type Retention } from "./keep-tidy.ts";
import { LostTasks } from "./lost-tasks.ts";
import { openQueue } from "./open-queue.ts";
import { TaskThreads } from "./task-threads.ts";

/** Between two looks at what was asked for. */
const TEND_EVERY_MS = 500;

export type BackfillWorkersOptions = {
  readonly db: Database;
  readonly connection: Connection;
  readonly logger: Logger;
  /** Threads, each with a range. */
  readonly workers: number;
  readonly reader: Omit<backfilling.RangeReaderOptions, "blocksPerSecond">;
  /** What goes when it is old; absent: another process sees to that. */
  readonly retention?: Retention | undefined;
  /** Of all threads together; `undefined`: as fast as it goes. */
  readonly blocksPerSecond?: number | undefined;
};

export type BackfillWorkers = { readonly stop: () => Promise<void> };

/** Does what backfills there are to do, with all others who do so on this database, until `stop`. */
export async function startBackfillWorkers(options: BackfillWorkersOptions): Promise<BackfillWorkers> {
  const { db, connection, logger, workers, blocksPerSecond } = options;
  const queue = await openQueue(connection, logger);
  await backfill.giveBack(db, isGone);
  const share = blocksPerSecond === undefined ? undefined : blocksPerSecond / workers;
  const threads = new TaskThreads({ connection, reader: { ...options.reader, blocksPerSecond: share } });
  const stop = new AbortController();
  const untold: backfill.BackfillTask[] = [];
  const lost = new LostTasks();
  const tasks = { begun: 0, underWay: 0 };
  await queue.work(workers, async (task, signal) => {
    stop.signal.throwIfAborted();
    tasks.begun += 1;
    tasks.underWay += 1;
    try {
      await backfill.noteTaken(db, task, options.reader.worker);
      await threads.run(task, AbortSignal.any([signal, stop.signal]));
    } catch (error) {
      const gone = stop.signal.aborted || signal.aborted;
      if (!gone && !(await noteFailure(options, task, error))) untold.push(task);
      throw error;
    } finally {
      tasks.underWay -= 1;
    }
  });
  const tend = async (): Promise<{ more: boolean }> => {
    await giveBackUntold(db, untold);
    if (tasks.underWay === 0) {
      const untaken = await backfill.listUntaken(db);
      await backfill.giveBackTasks(db, lost.find(untaken, tasks.begun, performance.now()));
    }
    await backfill.tendJobs(db, queue.send);
    return { more: false };
  };
  const onFailure = (error: unknown): void =>
    logger.warn({ reason: messageOf(error) }, "backfills could not be tended");
  const tending = keepDoing(tend, { everyMs: TEND_EVERY_MS, signal: stop.signal, onFailure });
  const { retention } = options;
  const tidying = retention && keepTidy({ db, logger, retention, signal: stop.signal });
  return {
    stop: async () => {
      stop.abort();
      await Promise.all([tending, tidying]);
      // Those under way are given back: another worker goes on, or this one after its next start.
      await threads.close();
      await queue.close();
    },
  };
}

/** The database was not there when they failed, so the queue has not heard of it and would wait for them. */
async function giveBackUntold(db: Database, untold: backfill.BackfillTask[]): Promise<void> {
  const tasks = [...untold];
  await backfill.giveBackTasks(db, tasks);
  untold.splice(0, tasks.length);
}

/** For who looks at the job; the queue tries again. What will never do ends the job. `false`: it could not be noted. */
async function noteFailure(
  { db, logger }: BackfillWorkersOptions,
  { jobId, rangeId }: backfill.BackfillTask,
  error: unknown,
): Promise<boolean> {
  const failure = { code: codeOf(error) ?? "JOBS_TASK_FAILED", message: messageOf(error) };
  logger.warn({ jobId, rangeId, ...failure }, "a backfill task failed");
  try {
    await backfill.noteFailure(db, { jobId, height: null }, failure);
    if (HOPELESS.has(failure.code)) await backfill.endJob(db, jobId, failure);
    return true;
  } catch (cause) {
    logger.warn({ reason: messageOf(cause) }, "what failed could not be noted");
    return false;
  }
}

const HOPELESS = new Set(["STORE_BACKFILL_GAP", "INGEST_BACKFILL_SOURCE", "STORE_OTHER_CHAIN"]);
