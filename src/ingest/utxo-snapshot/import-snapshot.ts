import type { Network } from "#bitcoin";
import type { LabelLookup } from "#features";
import { AppError } from "#lib";
import { balances, type Database, findBlockHeight, refuseOtherChain } from "#store";
import {
  type OpeningBalances,
  readOpeningBalances,
  readSnapshotHeader,
  type SnapshotProgress,
} from "./read-opening-balances.ts";

type ImportOptions = {
  readonly db: Database;
  readonly path: string;
  readonly labels: LabelLookup;
  /** Of the base block, where a person says it. */
  readonly height: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SnapshotProgress) => void;
};

export type ImportedSnapshot = OpeningBalances & {
  /** Of the base block: a stored header tells it, else the person did, else `null`. */
  readonly height: number | null;
};

/**
 * The unspent outputs of a file of `dumptxoutset` as opening balances, stored as a whole, in place of what an earlier
 * import of the same base block left. `undefined` where it was aborted; then nothing is stored.
 */
export async function importSnapshot(options: ImportOptions): Promise<ImportedSnapshot | undefined> {
  const { db, path, height: said } = options;
  const { network, baseHash } = await readSnapshotHeader(path);
  await refuseOtherChain(db, chainIdentityOf(network));
  const stored = await findBlockHeight(db, baseHash);
  if (stored !== undefined && said !== undefined && stored !== said) {
    throw badHeight(`${path} was taken at block ${stored}, which is stored here, not at ${said}.`);
  }
  const opening = await readOpeningBalances(options);
  if (opening === undefined) return undefined;
  const height = stored ?? said ?? null;
  const { maxHeight, ...totals } = opening.totals;
  if (height !== null && height < maxHeight) {
    throw badHeight(`${path} has a coin of height ${maxHeight}, so it was not taken at ${height}.`);
  }
  const { labelVersion, entities, scripts } = opening;
  const snapshot = { baseHash, height, maxCoinHeight: maxHeight, ...totals, labelVersion };
  await balances.saveUtxoSnapshot(db, chainIdentityOf(network), { snapshot, entities, scripts });
  return { ...opening, height };
}

function chainIdentityOf(network: Network): { network: string; chainId: string; simulated: boolean } {
  return { network: network.name, chainId: network.genesisHash ?? network.name, simulated: network.simulated };
}

function badHeight(message: string): AppError {
  return new AppError("INGEST_SNAPSHOT_HEIGHT", message);
}
