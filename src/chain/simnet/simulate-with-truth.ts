import type { MempoolSnapshot } from "#bitcoin";
import { ChainWalk } from "./chain-walk.ts";
import {
  createWorld,
  DENSITIES,
  type DensityName,
  type Happening,
  type Intervention,
  type LedgerEntry,
  type StagedKind,
  visibleMempool,
  type WaitingTransaction,
  type World,
} from "./economy/index.ts";
import { SIMULATED_POOLS } from "./known-by-genesis.ts";
import { labelsOf } from "./labels-of.ts";
import type { SourceLabels, SourcePool } from "../chain-source.ts";
import { VisibleMempool } from "./visible-mempool.ts";

export type SimulationOrder = {
  readonly seed: number;
  readonly density: DensityName;
  /** Without it nothing happens on purpose but what `stage` asks for. */
  readonly scheduled: boolean;
  /** Height after which it ends, once no branches compete. */
  readonly blocks: number;
  /** Called before each step; what it returns is staged in it. */
  readonly stage?: (world: Pick<World, "tip" | "time">) => Omit<Intervention, "time"> | undefined;
};

/** A staged event that goes on: it is written into the ledger when it is over. */
export type UnfinishedEvent = {
  readonly kind: StagedKind;
  readonly entity: string | undefined;
  readonly startHeight: number;
};

/** A transaction that waits, as a node knows it; one object from its arrival until it leaves. */
export type VisibleTransaction = Pick<WaitingTransaction, "txid" | "fee" | "weight"> & {
  readonly parents: readonly VisibleTransaction[];
};

export type SimulatedStep = {
  /** Chain time after it, unix seconds. */
  readonly time: number;
  /** What a node sees. */
  readonly happenings: readonly Happening[];
  /** What became true, by names that carry no "(simulated)". */
  readonly truth: readonly LedgerEntry[];
  /** What goes on, for who must not take it for nothing. */
  readonly running: readonly UnfinishedEvent[];
  /** What a node sees waiting: a snapshot of it, whose inflow is what came since the last look. Only until the next step. */
  readonly look: () => MempoolSnapshot;
  /** The same, one by one, in no order. Only until the next step. */
  readonly waiting: () => readonly VisibleTransaction[];
};

/** A simulated chain beside the truth behind it, for who compares what was found with what was there. */
export function* simulateWithTruth({
  seed,
  density,
  scheduled,
  blocks,
  stage,
}: SimulationOrder): Generator<SimulatedStep> {
  const interventions: Intervention[] = [];
  const staged = { all: interventions, writing: undefined };
  const identity = { seed, density: DENSITIES[density], chainId: "", staged };
  const walk = new ChainWalk(identity, createWorld(seed, identity.density, { scheduled }));
  const { world } = walk;
  const mempool = new VisibleMempool(world.density.blockWeight);
  while (world.tip.height < blocks || world.race !== undefined) {
    const request = stage?.(world);
    if (request !== undefined) interventions.push({ ...request, time: world.time });
    const happenings = walk.stepAtOnce();
    const { tip } = walk;
    if (tip === undefined) throw new RangeError("the first step mines block 0");
    const seen = { time: world.time, tip };
    yield {
      time: world.time,
      happenings,
      truth: walk.truths,
      running: world.staging.running,
      look: () => mempool.look(world, seen),
      waiting: () => visibleMempool(world),
    };
  }
}

/** Who signs and owns what on a simulated chain. */
export function describeSimulation(
  seed: number,
  density: DensityName,
): { readonly pools: readonly SourcePool[]; readonly labels: SourceLabels } {
  return {
    pools: SIMULATED_POOLS,
    labels: labelsOf(seed, DENSITIES[density]),
  };
}
