import { NETWORKS } from "#bitcoin";
import type { FollowableSource } from "#chain";

/** A chain that is well and tells of nothing, but for what a test says of it. */
export function madeUpSource(changes: Partial<FollowableSource>): FollowableSource {
  return {
    name: "test",
    description: "a test",
    kind: "chain",
    network: NETWORKS.regtest,
    chainId: "test",
    pools: [],
    firstHeight: 0,
    now: () => 1_700_000_000,
    tipHeight: async () => 0,
    health: () => ({ state: "healthy", reason: null }),
    async *follow() {},
    close: async () => {},
    ...changes,
  };
}
