import { type Logger, messageOf, pause } from "#lib";
import { type Database, measures } from "#store";

const EVERY_MS = 10 * 60_000;

const FAMILIES: readonly measures.OldFamily[] = ["systemMetrics", "backfillRanges"];

type Tidying = {
  readonly db: Database;
  readonly logger: Logger;
  /** For which rows are kept. */
  readonly days: number;
  /** For which events are kept; absent: for ever. */
  readonly eventDays?: number | undefined;
  readonly signal: AbortSignal;
};

/** Takes away what is old, in small steps, now and every ten minutes, until the signal is aborted. */
export async function keepTidy({ db, logger, days, eventDays, signal }: Tidying): Promise<void> {
  while (!signal.aborted) {
    for (const family of FAMILIES) {
      try {
        const rows = await measures.removeOld(db, { family, days, signal });
        if (rows > 0) logger.info({ family, rows, days }, "old rows removed");
      } catch (error) {
        logger.warn({ family, reason: messageOf(error) }, "old rows could not be removed");
      }
    }
    if (eventDays !== undefined) await dropEvents({ db, logger, days: eventDays, signal });
    await pause(EVERY_MS, signal);
  }
}

async function dropEvents({ db, logger, days, signal }: Tidying): Promise<void> {
  try {
    const partitions = await measures.dropOldEvents(db, { days, signal });
    if (partitions > 0) logger.info({ family: "events", partitions, days }, "old partitions dropped");
  } catch (error) {
    logger.warn({ family: "events", reason: messageOf(error) }, "old partitions could not be dropped");
  }
}
