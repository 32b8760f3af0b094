import { type ChainEvent, type FollowableSource, isSameHealth, type SourceHealth } from "#chain";
import { AppError } from "#lib";

export type FollowToTipOptions = {
  /** Told when the source does worse or better than before. */
  readonly onHealth: (health: SourceHealth) => void;
  readonly signal: AbortSignal;
  readonly checkEveryMs?: number;
  /** A source that is not healthy and brings no block for so long is given up. */
  readonly giveUpAfterMs?: number;
};

/**
 * What leads from a chain's first block to where its tip is now. A source by itself asks for ever; who waits for an
 * end to it is told why there is none, and after a while the wait is over.
 * @throws AppError `CLI_SOURCE_DOWN`
 */
export async function* followToTip(source: FollowableSource, options: FollowToTipOptions): AsyncGenerator<ChainEvent> {
  const { signal, onHealth, checkEveryMs = 1_000, giveUpAfterMs = 60_000 } = options;
  const givenUp = new AbortController();
  let told: SourceHealth = { state: "healthy", reason: null };
  let wellAt = performance.now();
  const timer = setInterval(() => {
    const health = source.health();
    if (!isSameHealth(health, told)) onHealth(health);
    told = health;
    if (health.state === "healthy") wellAt = performance.now();
    else if (performance.now() - wellAt >= giveUpAfterMs) givenUp.abort();
  }, checkEveryMs);
  try {
    const height = await source.tipHeight();
    for await (const event of source.follow([], AbortSignal.any([signal, givenUp.signal]))) {
      yield event;
      wellAt = performance.now();
      if (event.type === "connect" && event.block.height >= height) return;
    }
    if (givenUp.signal.aborted && !signal.aborted) throw sourceDown(source, giveUpAfterMs);
  } finally {
    clearInterval(timer);
  }
}

function sourceDown(source: FollowableSource, durationMs: number): AppError {
  const { state, reason } = source.health();
  const message = `${source.name} brought no block for ${Math.round(durationMs / 1_000)} s: ${reason ?? `it is ${state}`}`;
  return new AppError("CLI_SOURCE_DOWN", message, { retryable: true });
}
