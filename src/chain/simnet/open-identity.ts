import { join } from "node:path";
import { type ChainIdentity, ChainWalk } from "./chain-walk.ts";
import { DENSITIES, type DensityName } from "./economy/index.ts";
import { InterventionFile } from "./intervention-file.ts";
import { chainIdOf, nameOfSimnet } from "./known-by-genesis.ts";

/** Which simulated chain, and where what people staged on it is kept. */
export type SimnetPlace = {
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** `demo` unless told otherwise. */
  readonly density?: DensityName | undefined;
  readonly snapshotDir: string;
};

type OpenedIdentity = {
  readonly identity: ChainIdentity;
  readonly interventions: InterventionFile;
  /** As the setting names it. */
  readonly name: string;
  /** With which the names of its files begin. */
  readonly fileName: string;
};

/** The chain with all that was staged on it so far. */
export async function openIdentity({ seed, density = "demo", snapshotDir }: SimnetPlace): Promise<OpenedIdentity> {
  const name = nameOfSimnet(seed, density);
  const fileName = name.replaceAll(":", "-");
  const interventions = await InterventionFile.open(join(snapshotDir, `${fileName}.staged`));
  const unnamed = { seed, density: DENSITIES[density], interventions: interventions.all };
  const first = new ChainWalk({ ...unnamed, chainId: "" });
  await first.step();
  return { identity: { ...unnamed, chainId: chainIdOf(name, first.tip?.hash) }, interventions, name, fileName };
}
