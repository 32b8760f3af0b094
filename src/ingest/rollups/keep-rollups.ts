import { keepDoing, type Logger } from "#lib";
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
  const refresh = async (): Promise<{ more: boolean }> => {
    return { more: !isCatchingUp() && (await explore.refreshRollups(db)) > 0 };
  };
  // A chart that lags is no reason to stop reading blocks.
  const onFailure = (error: unknown): void => logger.warn({ err: error }, "hours and days could not be computed yet");
  await keepDoing(refresh, { everyMs: LOOK_EVERY_MS, signal, onFailure });
}
