import { NETWORKS } from "#bitcoin";
import { AppError, pause } from "#lib";
import type { BlockRef, ChainEvent, FollowableSource } from "../chain-source.ts";
import { ChainClock } from "./chain-clock.ts";
import { createEconomy, type Economy, heightAt, makeBlock, MINERS, timeOf } from "./economy/index.ts";
import { advance, openEconomy, produce, saveWhenDue, type Simulation } from "./simulation.ts";
import { SnapshotStore } from "./snapshot-store.ts";

type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

export type SimnetOptions = {
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** Simulated seconds in a second of wall time. */
  readonly paceFactor: number;
  /** Height of the tip at first start. */
  readonly historyBlocks: number;
  /** Where the caller's store stands: chain time goes on from there. */
  readonly resumeFrom?: BlockRef | undefined;
  readonly snapshotDir: string;
  /** Wall clock, milliseconds. */
  readonly clock: () => number;
  /** How to wait; a test passes one that moves its clock. */
  readonly sleep?: Sleep;
};

/** Longer waits are made of several, as timers have a limit. */
const LONGEST_WAIT_MS = 60_000;

export async function openSimnet(options: SimnetOptions): Promise<FollowableSource> {
  checkOptions(options);
  const { seed, paceFactor, clock, sleep = pause } = options;
  const startHeight = Math.max(options.historyBlocks, options.resumeFrom?.height ?? 0);
  const chainId = `simnet:${seed}:${makeBlock(createEconomy(seed)).hash}`;
  const closing = new AbortController();
  const simulation: Simulation = {
    seed,
    clock: new ChainClock({ startTime: timeOf(startHeight), paceFactor, clock }),
    snapshots: new SnapshotStore(options.snapshotDir, { chainId, seed }),
    startHeight,
    closed: closing.signal,
  };
  return {
    kind: "chain",
    name: `simnet:${seed}`,
    description: `simulated network, seed ${seed}, ${paceFactor} simulated seconds a second`,
    network: NETWORKS.simnet,
    chainId,
    firstHeight: 0,
    pools: MINERS.map(({ name, tags }) => ({ name, tags })),
    now: () => simulation.clock.now(),
    tipHeight: async () => heightAt(simulation.clock.now()),
    health: () => ({ state: "healthy", reason: null }),
    follow: (held, signal) => follow(simulation, { from: held.at(-1), signal, sleep }),
    close: async () => closing.abort(),
  };
}

function checkOptions({ seed, paceFactor, historyBlocks }: SimnetOptions): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    refuse(`a whole number from 0 to 4294967295 as its seed, not ${seed}`);
  }
  if (!Number.isFinite(paceFactor) || paceFactor <= 0) refuse(`a pace above 0, not ${paceFactor}`);
  if (!Number.isSafeInteger(historyBlocks) || historyBlocks < 0) {
    refuse(`a whole number of history blocks from 0 on, not ${historyBlocks}`);
  }
}

function refuse(need: string): never {
  throw new AppError("CHAIN_SIMNET_SETTING", `The simulated network needs ${need}.`);
}

type Following = { readonly from: BlockRef | undefined; readonly signal: AbortSignal; readonly sleep: Sleep };

async function* follow(simulation: Simulation, { from, signal, sleep }: Following): AsyncGenerator<ChainEvent> {
  const stop = AbortSignal.any([signal, simulation.closed]);
  const economy = await standAt(simulation, from, stop);
  while (!stop.aborted) {
    const tipHeight = heightAt(simulation.clock.now());
    if (economy.height < tipHeight) {
      yield { type: "connect", block: await produce(economy), tipHeight };
      await saveWhenDue(simulation, economy);
    } else {
      const waitMs = simulation.clock.millisecondsUntil(timeOf(economy.height + 1));
      await sleep(Math.min(waitMs, LONGEST_WAIT_MS), stop);
    }
  }
}

/** An economy whose newest block is `from`; when the signal is aborted, perhaps an earlier one. */
async function standAt(simulation: Simulation, from: BlockRef | undefined, signal: AbortSignal): Promise<Economy> {
  if (from === undefined) return createEconomy(simulation.seed);
  const { height, hash } = from;
  if (height > heightAt(simulation.clock.now())) throw unknownBlock(simulation, from);
  const economy = await openEconomy(simulation, height);
  await advance(simulation, economy, { height, signal });
  if (economy.tipHash !== hash && !signal.aborted) throw unknownBlock(simulation, from);
  return economy;
}

function unknownBlock({ seed }: Simulation, { height, hash }: BlockRef): AppError {
  return new AppError("CHAIN_UNKNOWN_BLOCK", `Block ${height} (${hash}) is not part of the chain of simnet:${seed}.`, {
    details: { height, hash },
  });
}
