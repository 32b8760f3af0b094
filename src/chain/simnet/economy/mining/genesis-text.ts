import { DENSITIES, type DensityName } from "../density.ts";

/** Goes into block 0: another version is another chain, so that stores and snapshots of the old one are not continued. */
const ECONOMY_VERSION = 4;

/** What follows a chain whose block 0 says so. */
export type GenesisText = { readonly seed: number; readonly density: DensityName };

/** What the coinbase of block 0 says. */
export function writeGenesisText({ seed, density }: GenesisText): string {
  return `utxoIQ simulated network ${ECONOMY_VERSION}, seed ${seed}, ${density}: no real money`;
}

/** `undefined` where the text is not that of a block 0, or of one of another version of the economy. */
export function readGenesisText(text: string): GenesisText | undefined {
  const [, seed, name] = /seed (\d{1,10}), ([a-z]+): no real money/.exec(text) ?? [];
  const density = (Object.keys(DENSITIES) as DensityName[]).find((known) => known === name);
  if (seed === undefined || density === undefined) return undefined;
  const read = { seed: Number(seed), density };
  return text.includes(writeGenesisText(read)) ? read : undefined;
}
