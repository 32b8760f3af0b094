import { addressOf, type Network, type Sha256 } from "#bitcoin";
import { BUILTIN_POOLS, type Pool } from "./builtin-pools.ts";

/** Who is known by an output script or by a text in a coinbase; fits the type that `features` defines. */
export type PoolLookup = {
  readonly version: number;
  readonly entities: readonly never[];
  entityOf(): number;
  poolByPayoutScript(script: Uint8Array): string | undefined;
  poolByCoinbaseText(text: string): string | undefined;
};

/** The built-in pools, and those that the source itself names (a simulated network has its own). */
export function createPoolLookup(network: Network, sha256: Sha256, ofSource: readonly Pool[] = []): PoolLookup {
  const pools = network.simulated ? ofSource : [...BUILTIN_POOLS, ...ofSource];
  const tags = pools.flatMap((pool) => pool.tags.map((tag) => ({ tag, name: pool.name })));
  const byAddress = new Map(pools.flatMap((pool) => (pool.addresses ?? []).map((address) => [address, pool.name])));
  return {
    version: 0,
    entities: [],
    entityOf: () => -1,
    poolByPayoutScript(script) {
      const address = addressOf(script, network, sha256);
      return address === undefined ? undefined : byAddress.get(address);
    },
    poolByCoinbaseText: (text) => tags.find(({ tag }) => text.includes(tag))?.name,
  };
}
