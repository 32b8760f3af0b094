import type { MempoolSnapshot } from "#bitcoin";
import { AppError, untilAborted } from "#lib";
import type { ChainEvent, ChainLink } from "../chain-source.ts";
import { HeldChain } from "../follow/held-chain.ts";
import type { Candidate } from "./candidate.ts";
import { checkEvents } from "./checked-events.ts";
import { type Failover, replaceActive } from "./failover-state.ts";
import { relay } from "./relay.ts";

type Failures = {
  /** In a row, without a block between them. */
  count: number;
  /** What those sources said for which going on makes no sense. */
  readonly final: Map<Candidate, unknown>;
};

const FIRST_PAUSE_MS = 500;

/** Follows the active source; when that fails or another becomes active, goes on with that one from the same block. */
export async function* followActive(
  failover: Failover,
  held: readonly ChainLink[],
  signal: AbortSignal,
): AsyncGenerator<ChainEvent> {
  const stop = AbortSignal.any([signal, failover.closing.signal]);
  const chain = new HeldChain(held, failover.options.finality);
  const failures: Failures = { count: 0, final: new Map() };
  failover.lastHeight = chain.last?.height;
  while (!stop.aborted) {
    const { candidate, source } = failover.active;
    const leave = AbortSignal.any([stop, failover.switched.signal]);
    failover.awaiting = true;
    try {
      const events = relay((left) => source.follow([...chain.above(undefined)], left), leave);
      for await (const event of checkEvents(events, chain)) {
        failures.count = 0;
        failures.final.clear();
        failover.lastHeight = chain.last?.height;
        failover.quietChecks = 0;
        failover.awaiting = false;
        yield event;
        failover.awaiting = true;
      }
      if (!leave.aborted) throw new AppError("CHAIN_FAILOVER_ENDED", "it stopped by itself", { retryable: true });
    } catch (error) {
      if (!leave.aborted) await recover(failover, { candidate, error, failures }, stop);
    } finally {
      failover.awaiting = false;
    }
  }
}

type Failed = { readonly candidate: Candidate; readonly error: unknown; readonly failures: Failures };

/** Throws where no source is left with which going on makes sense. */
async function recover(failover: Failover, { candidate, error, failures }: Failed, stop: AbortSignal): Promise<void> {
  const { candidates, options } = failover;
  candidate.trouble = error;
  if (!isRetryable(error)) failures.final.set(candidate, error);
  const usable = candidates.filter(({ foreign }) => !foreign);
  if (usable.every((each) => failures.final.has(each))) throw [...failures.final.values()][0];
  const done = new AbortController();
  const replaced = replaceActive(failover, candidate, error).finally(() => done.abort());
  // Whoever wants to stop does not wait for sources that do not answer.
  await Promise.race([replaced, untilAborted(AbortSignal.any([stop, done.signal]))]);
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** failures.count, options.checkEveryMs);
  // The first failure costs no time where another source stands ready.
  if (failures.count > 0 || failover.active.candidate === candidate) await options.sleep(pauseMs, stop);
  failures.count += 1;
}

function isRetryable(error: unknown): boolean {
  return error instanceof AppError && error.retryable;
}

/** What the active source sees of the mempool; nothing while it sees none. */
export async function* watchActiveMempool(failover: Failover, signal: AbortSignal): AsyncGenerator<MempoolSnapshot> {
  const stop = AbortSignal.any([signal, failover.closing.signal]);
  while (!stop.aborted) {
    const { source } = failover.active;
    const leave = AbortSignal.any([stop, failover.switched.signal]);
    if (source.watchMempool === undefined) {
      await untilAborted(leave);
      continue;
    }
    try {
      yield* relay((left) => source.watchMempool?.(left) ?? nothing(), leave);
    } catch (error) {
      // The next look, or the next source, may see it again: the chain goes on meanwhile.
      if (!leave.aborted && !isRetryable(error)) throw error;
    }
    if (!leave.aborted) await failover.options.sleep(failover.options.checkEveryMs, leave);
  }
}

async function* nothing(): AsyncGenerator<MempoolSnapshot> {}
