import { type Network, NETWORKS } from "#bitcoin";
import { parseSourceSpec } from "#chain";
import { storeBuiltinLabels } from "#ingest";
import { AppError } from "#lib";
import { findChain } from "#store";
import { chooseSource, dataDirOf } from "./choose-source.ts";
import { requireDatabase } from "./may-hold-database.ts";
import { openLog, openStore, type OpenStore } from "./open-store.ts";
import type { StoreCommand } from "./store-command.ts";

export type NetworkStore = OpenStore & { readonly network: Network };

/** The database that belongs to the network, which it knows itself once it holds blocks; with the built-in labels of this program. */
export async function openNetworkStore(command: StoreCommand): Promise<NetworkStore> {
  return openAt(command, await findPlace(command));
}

/** The same for a command that only reads: it is refused where nothing has been stored yet. */
export async function openStoredNetwork(command: StoreCommand): Promise<NetworkStore> {
  const place = await findPlace(command);
  requireDatabase(command.config, place.dataDir);
  return openAt(command, place);
}

/** The same for one that reads what the program brings along for the network that is named; of none it is refused alike. */
export async function openNamedNetwork(command: StoreCommand): Promise<NetworkStore> {
  return command.networkGiven ? openNetworkStore(command) : openStoredNetwork(command);
}

type Place = { readonly network: Network; readonly dataDir: string };

async function findPlace({ config, networkGiven, terminal, signal }: StoreCommand): Promise<Place> {
  if (!networkGiven) return chooseSource(config, terminal, signal);
  const dataDir = dataDirOf(config, parseSourceSpec(config.source), config.network);
  return { network: NETWORKS[config.network], dataDir };
}

async function openAt({ config, networkGiven }: StoreCommand, chosen: Place): Promise<NetworkStore> {
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
