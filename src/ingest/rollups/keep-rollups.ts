import { type Logger, pause } from "#lib";
import { type Database, explore } from "#store";

const LOOK_EVERY_MS = 1_000;

type Keeping = {
  readonly db: Database;
  readonly logger: Logger;
  /** While history is read the same hours would be computed again and again. */
  readonly isCatchingUp: () => boolean;
  readonly signal: AbortSignal;
};

/** Computes the hours and days anew whose blocks changed, until the signal is aborted; deferred while catching up. */
export async function keepRollups({ db, logger, isCatchingUp, signal }: Keeping): Promise<void> {
  while (!signal.aborted) {
    const worked = !isCatchingUp() && (await tryToRefresh(db, logger));
    if (!worked) await pause(LOOK_EVERY_MS, signal);
  }
}

/** A chart that lags is no reason to stop reading blocks: what failed is told to the log and tried again. */
async function tryToRefresh(db: Database, logger: Logger): Promise<boolean> {
  try {
    return (await explore.refreshRollups(db)) > 0;
  } catch (error) {
    logger.warn({ err: error }, "hours and days could not be computed yet");
    return false;
  }
}
