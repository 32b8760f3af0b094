import type { backfill } from "#store";

/** Somebody who is free takes a task half a second after it was sent. */
const LOST_AFTER_MS = 3_000;

/**
 * Knows tasks that the queue handed out to nobody: whoever took them died, or the database did, before a word of it could
 * be written down. The queue notices by itself, a quarter of a minute later.
 */
export class LostTasks {
  readonly #since = new Map<string, number>();
  #begun = 0;

  /**
   * Those that waited for long although this process was free all the while.
   * @param untaken tasks that were sent and that nobody has said to have
   * @param begun tasks that this process has begun so far
   * @param now milliseconds
   */
  find(untaken: readonly backfill.BackfillTask[], begun: number, now: number): readonly backfill.BackfillTask[] {
    const before = new Map(begun === this.#begun ? this.#since : []);
    this.#begun = begun;
    this.#since.clear();
    const lost: backfill.BackfillTask[] = [];
    for (const task of untaken) {
      const since = before.get(nameOf(task)) ?? now;
      if (now - since >= LOST_AFTER_MS) lost.push(task);
      else this.#since.set(nameOf(task), since);
    }
    return lost;
  }
}

function nameOf({ jobId, rangeId }: backfill.BackfillTask): string {
  return `${jobId} ${rangeId}`;
}
