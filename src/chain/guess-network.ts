import type { NetworkName } from "#bitcoin";
import { networkOfPort } from "./core/index.ts";
import type { SourceSpec } from "./source-spec.ts";

/**
 * The network that a source is usually of, told without asking it: by the port of a node, by the path of an Esplora
 * server. `undefined` where nothing tells. A guess: what is stored is compared with what the source says later.
 */
export function guessNetwork(spec: SourceSpec): NetworkName | undefined {
  switch (spec.kind) {
    case "simnet":
      return "simnet";
    case "core":
      return networkOfPort(new URL(spec.url).port);
    case "esplora":
      return networkOfPath(new URL(spec.url).pathname);
    case "list":
      return spec.candidates.map(guessNetwork).find((network) => network !== undefined);
    case "dir":
    case "core-files":
      return undefined;
  }
}

/** As Blockstream's and mempool.space's servers have it: `/testnet/api`, `/signet/api`; without one it is mainnet. */
function networkOfPath(path: string): NetworkName {
  const [, found] = /\/(testnet4|testnet3|testnet|signet|regtest)(\/|$)/.exec(path) ?? [];
  if (found === undefined) return "mainnet";
  return found === "testnet" ? "testnet3" : (found as NetworkName);
}
