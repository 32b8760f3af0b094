import { type ChainIdentity, ChainWalk } from "./chain-walk.ts";
import { DENSITIES, type DensityName } from "./economy/index.ts";
import { chainIdOf, nameOfSimnet } from "./known-by-genesis.ts";
import { StagedEvents, type StagedRecord } from "./staged-events.ts";

/** Which simulated chain. */
export type SimnetPlace = {
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** `demo` unless told otherwise. */
  readonly density?: DensityName | undefined;
  /** What people staged on it; absent where nobody did. */
  readonly record?: StagedRecord | undefined;
};

type OpenedIdentity = {
  readonly identity: ChainIdentity;
  readonly staged: StagedEvents;
  /** As the setting names it. */
  readonly name: string;
  /** With which the names of its snapshots begin. */
  readonly fileName: string;
};

/** The chain with all that was staged on it so far. */
export async function openIdentity({ seed, density = "demo", record }: SimnetPlace): Promise<OpenedIdentity> {
  const name = nameOfSimnet(seed, density);
  const fileName = name.replaceAll(":", "-");
  const staged = await StagedEvents.open(record);
  const unnamed = { seed, density: DENSITIES[density], staged };
  const first = new ChainWalk({ ...unnamed, chainId: "" });
  await first.step();
  return { identity: { ...unnamed, chainId: chainIdOf(name, first.tip?.hash) }, staged, name, fileName };
}

/** What tells the chain of a seed and density from every other, without what was staged on it. */
export async function findSimnetId({ seed, density }: SimnetPlace): Promise<string> {
  return (await openIdentity({ seed, density })).identity.chainId;
}
