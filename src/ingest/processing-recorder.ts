import { DurationCounter, keepDoing, type Logger, messageOf } from "#lib";
import { type Database, measures } from "#store";
import type { ProcessedBlock } from "./follow-chain.ts";

const EVERY_MS = 10_000;

type Recording = {
  readonly db: Database;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly everyMs?: number;
};

/** Counts how long blocks take, and stores that each ten seconds in which any were stored. */
export class ProcessingRecorder {
  readonly #processing = new DurationCounter();
  readonly #lag = new DurationCounter();

  take(blocks: readonly ProcessedBlock[]): void {
    for (const { processingMs, lagMs } of blocks) {
      this.#processing.add(processingMs);
      if (lagMs !== null) this.#lag.add(lagMs);
    }
  }

  /** Until the signal is aborted, and what came before. */
  async keep({ db, logger, signal, everyMs = EVERY_MS }: Recording): Promise<void> {
    const save = async (): Promise<{ more: boolean }> => {
      await measures.saveProcessing(db, { processing: this.#processing.take(), lag: this.#lag.take() });
      return { more: false };
    };
    const onFailure = (error: unknown): void =>
      logger.warn({ reason: messageOf(error) }, "how long blocks took could not be stored");
    await keepDoing(save, { everyMs, signal, onFailure });
    await save().catch(onFailure);
  }
}
