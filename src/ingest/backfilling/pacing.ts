import { pause } from "#lib";

/** What was not asked for in so long is not made up for. */
const MADE_UP_MS = 1_000;

/** Waits, after each block, where they come faster than a shared node is to be asked for them. */
export function pacing(blocksPerSecond: number | undefined, signal: AbortSignal): () => Promise<void> {
  let dueAt = performance.now();
  return async () => {
    if (blocksPerSecond === undefined) return;
    dueAt = Math.max(dueAt, performance.now() - MADE_UP_MS) + 1_000 / blocksPerSecond;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) await pause(waitMs, signal);
  };
}
