import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { AppError, invariant } from "#lib";
import type { ChainEvent } from "../chain-source.ts";
import { ChainWalk } from "./chain-walk.ts";
import type { Happening } from "./economy/index.ts";
import type { FromHistory, HistoryOrder } from "./history-messages.ts";
import type { Simulation } from "./simulation.ts";
import { decodeSnapshot } from "./snapshot-encoding.ts";

/** A shorter history is made before a thread has started. */
const WORTH_A_THREAD = 500;

export function isWorthAThread({ startHeight }: Pick<Simulation, "startHeight">): boolean {
  return startHeight >= WORTH_A_THREAD;
}

/**
 * All that happened on the chain up to its start height, made in a thread of its own while the caller does its work with
 * it; returns the walk that goes on from there, none where the signal was aborted. The chain time follows what was yielded.
 * @throws AppError `CHAIN_SIMNET_HISTORY`, or with the code of what failed in the thread
 */
export async function* makeHistory(
  { identity, snapshots, startHeight, clock }: Simulation,
  eventOf: (happening: Happening) => ChainEvent,
  signal: AbortSignal,
): AsyncGenerator<ChainEvent, ChainWalk | undefined> {
  const { seed, density, chainId, staged } = identity;
  const order: HistoryOrder = {
    seed,
    density: density.name,
    chainId,
    staged: staged.all,
    startHeight,
    snapshots: snapshots.place,
  };
  const thread = new Worker(new URL("history-thread.ts", import.meta.url), { workerData: order });
  const messages = on(thread, "message", { close: ["exit"] });
  const stop = (): void => void thread.terminate();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const [message] of messages as AsyncIterable<[FromHistory]>) {
      if (signal.aborted) return undefined;
      if (message.type === "failed") throw new AppError(message.code, message.message, { retryable: true });
      if (message.type === "made") {
        const world = decodeSnapshot(message.snapshot, chainId, staged.all);
        invariant(world !== undefined, "a history ends with the world that it made");
        return new ChainWalk(identity, world);
      }
      clock.set(message.time);
      for (const happening of message.happenings) yield eventOf(happening);
      thread.postMessage("taken", []);
    }
    if (signal.aborted) return undefined;
    throw new AppError("CHAIN_SIMNET_HISTORY", "The thread that makes the history has ended before its end.", {
      retryable: true,
    });
  } finally {
    signal.removeEventListener("abort", stop);
    await thread.terminate();
  }
}
