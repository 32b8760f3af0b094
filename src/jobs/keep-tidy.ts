import { keepDoing, type Logger, messageOf } from "#lib";
import { type Database, measures } from "#store";

const EVERY_MS = 10 * 60_000;

/** For how many days rows are kept that grow with time; absent: for ever. */
export type Retention = {
  readonly metricDays: number;
  readonly metricHourDays: number;
  readonly jobDays: number;
  readonly accessDays: number;
  readonly mempoolHourDays?: number | undefined;
  readonly eventDays?: number | undefined;
  readonly auditDays?: number | undefined;
};

type Tidying = {
  readonly db: Database;
  readonly logger: Logger;
  readonly retention: Retention;
  readonly signal: AbortSignal;
};

const DAYS_OF = {
  systemMetrics: "metricDays",
  systemMetricHours: "metricHourDays",
  blockProcessing: "metricDays",
  backfillJobs: "jobDays",
  commands: "jobDays",
  denials: "accessDays",
  invitations: "accessDays",
  verifications: "accessDays",
  mempoolHours: "mempoolHourDays",
  auditEntries: "auditDays",
  events: "eventDays",
} as const satisfies Record<measures.OldFamily | "events", keyof Retention>;

type Family = keyof typeof DAYS_OF;

/** Takes away what is old, in small steps, now and every ten minutes, until the signal is aborted. */
export async function keepTidy({ db, logger, retention, signal }: Tidying): Promise<void> {
  const families = Object.keys(DAYS_OF) as Family[];
  // Each for itself: one that fails keeps no other waiting.
  const keeping = families.map(async (family) => {
    const days = retention[DAYS_OF[family]];
    if (days === undefined) return;
    const run = { family, keptDays: days, nextInMs: EVERY_MS };
    const act = async (): Promise<{ more: boolean }> => {
      try {
        const removed = await remove(db, { family, days, signal });
        if (removed > 0) logger.info({ family, removed }, "what was old is removed");
        await measures.noteRetention(db, { ...run, removed });
      } catch (error) {
        await measures.noteRetention(db, { ...run, removed: 0, failure: messageOf(error) });
        throw error;
      }
      return { more: false };
    };
    const onFailure = (error: unknown): void =>
      logger.warn({ family, reason: messageOf(error) }, "what is old could not be removed");
    await keepDoing(act, { everyMs: EVERY_MS, signal, onFailure });
  });
  await Promise.all(keeping);
}

type Removal = { readonly family: Family; readonly days: number; readonly signal: AbortSignal };

/** Returns how much of it went: rows, or whole partitions. */
async function remove(db: Database, { family, days, signal }: Removal): Promise<number> {
  if (family === "events") return measures.dropOldEvents(db, { days, signal });
  if (family === "systemMetrics") await measures.rollUpSystemMetrics(db);
  return measures.removeOld(db, { family, days, signal });
}
