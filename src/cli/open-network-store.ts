import { type Network, NETWORKS } from "#bitcoin";
import { parseSourceSpec } from "#chain";
import { storeBuiltinLabels } from "#ingest";
import { AppError } from "#lib";
import { findChain } from "#store";
import { chooseSource, dataDirOf } from "./choose-source.ts";
import { openLog, openStore, type OpenStore } from "./open-store.ts";
import type { StoreCommand } from "./store-command.ts";

export type NetworkStore = OpenStore & { readonly network: Network };

/** The database that belongs to the network, which it knows itself once it holds blocks; with the built-in labels of this program. */
export async function openNetworkStore({
  config,
  networkGiven,
  terminal,
  signal,
}: StoreCommand): Promise<NetworkStore> {
  const chosen = networkGiven
    ? { network: NETWORKS[config.network], dataDir: dataDirOf(config, parseSourceSpec(config.source), config.network) }
    : await chooseSource(config, terminal, signal);
  const store = await openStore(config, chosen.dataDir, openLog(config, chosen.dataDir));
  try {
    const chain = await findChain(store.db);
    const network = Object.values(NETWORKS).find(({ name }) => name === chain?.network) ?? chosen.network;
    if (networkGiven && network !== chosen.network) throw otherNetwork(network, chosen.network);
    await storeBuiltinLabels(store.db, network);
    return { ...store, network };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function otherNetwork(held: Network, asked: Network): AppError {
  const message = `The database holds blocks of ${held.name}, not of ${asked.name}; name its --data directory.`;
  return new AppError("CLI_OTHER_NETWORK", message);
}
