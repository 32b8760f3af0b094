import { keepDoing, type Logger, messageOf } from "#lib";
import { type Database, measures } from "#store";

const EVERY_MS = 10 * 60_000;

type Tidying = {
  readonly db: Database;
  readonly logger: Logger;
  /** For which rows are kept. */
  readonly days: number;
  /** For which hours of the program's own measurements are kept. */
  readonly hourDays: number;
  /** For which events are kept; absent: for ever. */
  readonly eventDays?: number | undefined;
  readonly signal: AbortSignal;
};

/** Returns how much of it went: rows, or whole partitions. */
type Removal = () => Promise<number>;

/** Takes away what is old, in small steps, now and every ten minutes, until the signal is aborted. */
export async function keepTidy({ db, logger, days, hourDays, eventDays, signal }: Tidying): Promise<void> {
  const removals: Record<string, Removal> = {
    systemMetrics: async () => {
      await measures.rollUpSystemMetrics(db);
      return measures.removeOld(db, { family: "systemMetrics", days, signal });
    },
    systemMetricHours: () => measures.removeOld(db, { family: "systemMetricHours", days: hourDays, signal }),
    blockProcessing: () => measures.removeOld(db, { family: "blockProcessing", days, signal }),
    backfillRanges: () => measures.removeOld(db, { family: "backfillRanges", days, signal }),
  };
  if (eventDays !== undefined) removals["events"] = () => measures.dropOldEvents(db, { days: eventDays, signal });
  // Each for itself: one that fails keeps no other waiting.
  const keeping = Object.entries(removals).map(async ([family, remove]) => {
    const act = async (): Promise<{ more: boolean }> => {
      const removed = await remove();
      if (removed > 0) logger.info({ family, removed }, "what was old is removed");
      return { more: false };
    };
    const onFailure = (error: unknown): void =>
      logger.warn({ family, reason: messageOf(error) }, "what is old could not be removed");
    await keepDoing(act, { everyMs: EVERY_MS, signal, onFailure });
  });
  await Promise.all(keeping);
}
