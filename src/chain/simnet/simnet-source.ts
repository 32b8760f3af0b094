import { NETWORKS } from "#bitcoin";
import { AppError, pause } from "#lib";
import type { BlockRef, ChainEvent, FollowableSource } from "../chain-source.ts";
import { ChainClock } from "./chain-clock.ts";
import { ChainWalk } from "./chain-walk.ts";
import { DENSITIES, type DensityName, type Happening, nextStepAt } from "./economy/index.ts";
import { SIMULATED_POOLS } from "./known-by-genesis.ts";
import { openIdentity } from "./open-identity.ts";
import { labelsOf } from "./labels-of.ts";
import { isWorthAThread, makeHistory } from "./make-history.ts";
import { RangeWalk } from "./read-range.ts";
import { isDue, openWalk, saveWhenDue, type Simulation } from "./simulation.ts";
import { SnapshotStore } from "./snapshot-store.ts";
import { stageEvent } from "./stage-event.ts";
import type { StagedRecord } from "./staged-events.ts";
import { watchWaiting } from "./watch-waiting.ts";

type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

export type SimnetOptions = {
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** `demo` unless told otherwise. */
  readonly density?: DensityName | undefined;
  /** Simulated seconds in a second of wall time. */
  readonly paceFactor: number;
  /** Height of the tip at first start. */
  readonly historyBlocks: number;
  /** Where the caller's store stands: chain time goes on from there. */
  readonly resumeFrom?: BlockRef | undefined;
  readonly snapshotDir: string;
  /** Where what people stage is kept; without it nothing can be staged. */
  readonly record?: StagedRecord | undefined;
  /** Wall clock, milliseconds. */
  readonly clock: () => number;
  /** How to wait; a test passes one that moves its clock. */
  readonly sleep?: Sleep;
};

/** Longer waits are made of several, as timers have a limit. */
const LONGEST_WAIT_MS = 60_000;

export async function openSimnet(options: SimnetOptions): Promise<FollowableSource> {
  checkOptions(options);
  const { sleep = pause } = options;
  const density = DENSITIES[options.density ?? "demo"];
  const closing = new AbortController();
  const { simulation, name } = await openSimulation(options, closing.signal);
  const ranges = new RangeWalk(simulation);
  return {
    kind: "chain",
    name,
    description: `simulated network, ${density.name} density, seed ${options.seed}, ${options.paceFactor} simulated seconds a second`,
    network: NETWORKS.simnet,
    chainId: simulation.identity.chainId,
    firstHeight: 0,
    blockWeight: density.blockWeight,
    pools: SIMULATED_POOLS,
    labels: labelsOf(options.seed, density),
    now: () => simulation.clock.now(),
    tipHeight: async () => Math.max(simulation.startHeight, simulation.seenHeight),
    health: () => ({ state: "healthy", reason: null }),
    follow: (held, signal) => follow(simulation, { from: held.at(-1), signal, sleep }),
    readRange: (heights, signal) => ranges.read(heights, AbortSignal.any([signal, closing.signal])),
    watchMempool: (signal) =>
      watchWaiting(
        { walk: () => simulation.live, now: () => simulation.clock.now(), sleep, blockWeight: density.blockWeight },
        AbortSignal.any([signal, closing.signal]),
      ),
    ...(options.record === undefined ? {} : { stageEvent: (request) => stageEvent(simulation, request) }),
    close: async () => closing.abort(),
  };
}

async function openSimulation(
  options: SimnetOptions,
  closed: AbortSignal,
): Promise<{ simulation: Simulation; name: string }> {
  const { paceFactor, clock, snapshotDir } = options;
  const { identity, staged, name, fileName } = await openIdentity(options);
  const simulation: Simulation = {
    identity,
    staged,
    clock: new ChainClock({ paceFactor, clock }),
    snapshots: new SnapshotStore(snapshotDir, { name: fileName, ...identity }),
    startHeight: Math.max(options.historyBlocks, options.resumeFrom?.height ?? 0),
    seenHeight: -1,
    live: undefined,
    closed,
  };
  return { simulation, name };
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
  // A source that stood in reserve knows what was staged when it was opened.
  await simulation.staged.renew();
  const walk = yield* begin(simulation, from, stop);
  if (walk === undefined) return;
  try {
    while (!stop.aborted) {
      if (isDue(simulation, walk)) {
        for (const happening of await walk.step()) yield eventOf(simulation, happening);
        simulation.clock.set(walk.world.time);
        await saveWhenDue(simulation, walk);
      } else {
        goLive(simulation, walk);
        const waitMs = simulation.clock.millisecondsUntil(nextStepAt(walk.world));
        await sleep(Math.min(waitMs, LONGEST_WAIT_MS), stop);
      }
    }
  } finally {
    // Whoever follows may also stop in the middle.
    if (simulation.live === walk) simulation.live = undefined;
  }
}

/** What comes after `from` until somebody can walk on from there; no walk where the signal was aborted before. */
async function* begin(
  simulation: Simulation,
  from: BlockRef | undefined,
  signal: AbortSignal,
): AsyncGenerator<ChainEvent, ChainWalk | undefined> {
  if (from === undefined && isWorthAThread(simulation)) {
    return yield* makeHistory(simulation, (happening) => eventOf(simulation, happening), signal);
  }
  const { walk, rest } = await standAt(simulation, from, signal);
  for (const happening of rest) yield eventOf(simulation, happening);
  return walk;
}

/** The history is behind it: from here on it goes with the clock. */
function goLive(simulation: Simulation, walk: ChainWalk): void {
  simulation.clock.set(walk.world.time);
  simulation.clock.start();
  simulation.live = walk;
}

function eventOf(simulation: Simulation, happening: Happening): ChainEvent {
  if (happening.type === "disconnect") return happening;
  simulation.seenHeight = Math.max(simulation.seenHeight, happening.block.height);
  const tipHeight = Math.max(simulation.startHeight, simulation.seenHeight);
  // The history is made, not told.
  return simulation.live === undefined
    ? { ...happening, tipHeight }
    : { ...happening, tipHeight, heardAt: performance.now() };
}

/** Blocks that a race may keep a tip back, and some. */
const LONGEST_RACE = 10;

/** A walk that has come past `from`, and what happened after it in the same step; not that far when the signal is aborted. */
async function standAt(
  simulation: Simulation,
  from: BlockRef | undefined,
  signal: AbortSignal,
): Promise<{ walk: ChainWalk; rest: readonly Happening[] }> {
  if (from === undefined) return { walk: new ChainWalk(simulation.identity), rest: [] };
  // A snapshot at that very height may be of the other branch.
  const walk = await openWalk(simulation, from.height - 1);
  while (!signal.aborted) {
    if (walk.world.tip.height > from.height + LONGEST_RACE) throw unknownBlock(simulation, from);
    const happenings = await walk.step();
    const at = happenings.findIndex(({ type, block }) => type === "connect" && isSameBlock(block, from));
    if (at < 0) continue;
    simulation.seenHeight = Math.max(simulation.seenHeight, from.height);
    simulation.clock.set(walk.world.time);
    return { walk, rest: happenings.slice(at + 1) };
  }
  return { walk, rest: [] };
}

function isSameBlock(left: BlockRef, right: BlockRef): boolean {
  return left.height === right.height && left.hash === right.hash;
}

function unknownBlock({ identity }: Simulation, { height, hash }: BlockRef): AppError {
  const name = identity.chainId.replace(/:[^:]*$/, "");
  return new AppError("CHAIN_UNKNOWN_BLOCK", `Block ${height} (${hash}) is not part of the chain of ${name}.`, {
    details: { height, hash },
  });
}
