import {
  advance,
  createWorld,
  DENSITIES,
  type DensityName,
  type Happening,
  type Intervention,
  type LedgerEntry,
  MINERS,
  simulatedName,
  type StagedKind,
  takeEntries,
  type World,
} from "./economy/index.ts";
import { labelsOf } from "./labels-of.ts";
import type { SourceLabels, SourcePool } from "../chain-source.ts";

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

export type SimulatedStep = {
  /** What a node sees. */
  readonly happenings: readonly Happening[];
  /** What became true, by names that carry no "(simulated)". */
  readonly truth: readonly LedgerEntry[];
  /** What goes on, for who must not take it for nothing. */
  readonly running: readonly UnfinishedEvent[];
};

/** A simulated chain beside the truth behind it, for who compares what was found with what was there. */
export function* simulateWithTruth({
  seed,
  density,
  scheduled,
  blocks,
  stage,
}: SimulationOrder): Generator<SimulatedStep> {
  const world = createWorld(seed, DENSITIES[density], { scheduled });
  const interventions: Intervention[] = [];
  while (world.tip.height < blocks || world.race !== undefined) {
    const request = stage?.(world);
    if (request !== undefined) interventions.push({ ...request, time: world.time });
    const happenings = advance(world, interventions);
    yield { happenings, truth: takeEntries(world.ledger), running: world.staging.running };
  }
}

/** Who signs and owns what on a simulated chain. */
export function describeSimulation(
  seed: number,
  density: DensityName,
): { readonly pools: readonly SourcePool[]; readonly labels: SourceLabels } {
  return {
    pools: MINERS.map((miner) => ({ name: simulatedName(miner.name), tags: [miner.tag] })),
    labels: labelsOf(seed, DENSITIES[density]),
  };
}
