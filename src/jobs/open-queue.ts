import { PgBoss } from "pg-boss";
import { type Logger, messageOf } from "#lib";
import type { backfill, Connection } from "#store";

const BACKFILL = "backfill";

/** A worker that is killed is noticed after so many seconds, and what it had goes to another. */
const HEARTBEAT_SECONDS = 10;

/** A task is tried until it is done: a source may be down for a night. */
const OFTEN = 100_000;

export type Queue = {
  /** Sends tasks within the transaction of the runner. */
  readonly send: (tasks: readonly backfill.BackfillTask[], runner: backfill.SqlRunner) => Promise<void>;
  /** Takes tasks one after the other, so many at a time. The signal is aborted where the task was given to another. */
  readonly work: (concurrency: number, take: TakeTask) => Promise<void>;
  /** Takes no more tasks; those under way have been given back or are done. */
  readonly close: () => Promise<void>;
};

export type TakeTask = (task: backfill.BackfillTask, signal: AbortSignal) => Promise<void>;

/** The queue of this database, whose tables it makes where they are missing. */
export async function openQueue(connection: Connection, logger: Logger): Promise<Queue> {
  const boss = new PgBoss({
    ...connection,
    schema: "pgboss",
    max: 3,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    application_name: "utxoiq queue",
  });
  boss.on("error", (error) => logger.warn({ reason: messageOf(error) }, "the queue"));
  await boss.start();
  await boss.createQueue(BACKFILL, {
    retryLimit: OFTEN,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 86_000,
    deleteAfterSeconds: 3_600,
  });
  return {
    send: async (tasks, runner) => {
      await boss.insert(
        BACKFILL,
        tasks.map((data) => ({ data })),
        { db: runner },
      );
    },
    work: async (concurrency, take) => {
      await boss.work<backfill.BackfillTask>(
        BACKFILL,
        { localConcurrency: concurrency, pollingIntervalSeconds: 0.5, heartbeatRefreshSeconds: 2 },
        async ([job]) => {
          if (job !== undefined) await take(job.data, job.signal);
        },
      );
    },
    close: () => boss.stop({ graceful: true, timeout: 4_000, close: true }),
  };
}
