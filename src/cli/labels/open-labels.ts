import { type Network, NETWORKS } from "#bitcoin";
import { parseSourceSpec } from "#chain";
import type { Config } from "#config";
import { storeBuiltinLabels } from "#ingest";
import { findDay } from "#labels";
import { AppError } from "#lib";
import { checkLabelVersion, findChain, getLabelVersion, getLabelVersionAt } from "#store";
import { chooseSource, dataDirOf } from "../choose-source.ts";
import { openLog, openStore, type OpenStore } from "../open-store.ts";
import type { Terminal } from "../terminal.ts";

/** What every command about labels is given. */
export type LabelCommand = {
  readonly config: Config;
  /** Whether --network was said: then no source has to be asked for it. */
  readonly networkGiven: boolean;
  readonly terminal: Terminal;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
};

export type OpenLabels = OpenStore & { readonly network: Network };

/** The database that belongs to the network, which it knows itself once it holds blocks; with the built-in labels of this program. */
export async function openLabels({ config, networkGiven, terminal, signal }: LabelCommand): Promise<OpenLabels> {
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

/** `--valid-at`: a day. */
export function readDay(text: string | undefined): string | undefined {
  if (text === undefined || findDay(text) === text) return text;
  throw new AppError("CLI_BAD_DAY", `--valid-at is "${text}", expected a day like 2026-01-31`);
}

/** `--as-of`: a version of the labels or a time; without it the newest. */
export async function findVersion({ db }: OpenLabels, asOf: string | undefined): Promise<number> {
  if (asOf === undefined) return getLabelVersion(db);
  if (/^\d{1,9}$/.test(asOf)) {
    await checkLabelVersion(db, Number(asOf));
    return Number(asOf);
  }
  const time = new Date(asOf);
  if (findDay(asOf) === undefined || Number.isNaN(time.getTime())) {
    const message = `--as-of is "${asOf}", expected a version like 3 or a time like 2026-01-31T12:00Z`;
    throw new AppError("CLI_BAD_AS_OF", message);
  }
  return getLabelVersionAt(db, time);
}
