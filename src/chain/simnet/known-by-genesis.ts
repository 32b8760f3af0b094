import { type BlockHash, blockHashOf, HEADER_SIZE, scanBlock } from "#bitcoin";
import { sha256 } from "#lib";
import type { SourceLabels, SourcePool } from "../chain-source.ts";
import { DENSITIES, type DensityName, MINERS, readGenesisText, simulatedName } from "./economy/index.ts";
import { labelsOf } from "./labels-of.ts";

/** What is known of a simulated chain, whoever brings its blocks. */
export type KnownSimulation = {
  readonly chainId: string;
  readonly pools: readonly SourcePool[];
  readonly labels?: SourceLabels;
};

/** Every simulation has the same. */
export const SIMULATED_POOLS: readonly SourcePool[] = MINERS.map(({ name, tag }) => ({
  name: simulatedName(name),
  tags: [tag],
}));

/** `simnet:<seed>`, or `simnet:<seed>:<density>` where it is not the usual one. */
export function nameOfSimnet(seed: number, density: DensityName): string {
  return density === "demo" ? `simnet:${seed}` : `simnet:${seed}:${density}`;
}

export function chainIdOf(name: string, genesis: BlockHash | undefined): string {
  return `${name}:${genesis}`;
}

/** By the bytes of block 0, which names its seed and density; without it no more than that it is simulated. */
export function knownByGenesis(block: Uint8Array | undefined): KnownSimulation {
  if (block === undefined) return { chainId: "simnet", pools: SIMULATED_POOLS };
  const genesis = blockHashOf(block.subarray(0, HEADER_SIZE), sha256);
  const { start, end } = scanBlock(block, undefined, {}).coinbaseScript;
  const read = readGenesisText(Buffer.from(block.subarray(start, end)).toString("latin1"));
  if (read === undefined) return { chainId: genesis, pools: SIMULATED_POOLS };
  const { seed, density } = read;
  const chainId = chainIdOf(nameOfSimnet(seed, density), genesis);
  return { chainId, pools: SIMULATED_POOLS, labels: labelsOf(seed, DENSITIES[density]) };
}
