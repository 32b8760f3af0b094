import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { dataDirectoryError } from "../errors.ts";
import { type Account, canEnter, chooseAccount, createPassable, runsAsRoot } from "./server-account.ts";

/** For root, where the server's user cannot reach the data directory or the binaries. */
export const SHARED_DIRECTORY = "/var/lib/utxoiq";

export type ClusterLocation = {
  readonly account: Account | undefined;
  /** Holds `PG_VERSION` and the rest once it is initialised. */
  readonly clusterDir: string;
  /** Where the socket goes if its path is short enough. */
  readonly socketDir: string;
};

/**
 * In the data directory; below `sharedDir` when root starts us and the server's user cannot get into the data
 * directory (it lies under a closed home, for instance).
 */
export function locateCluster(dataDir: string, sharedDir: string): ClusterLocation {
  const usual = placesBelow(dataDir, chooseAccount(join(dataDir, "postgres")));
  if (!runsAsRoot()) return refuseForeignCluster(usual);
  if (canEnter(usual.account, dataDir)) return usual;
  if (existsSync(usual.clusterDir)) {
    throw dataDirectoryError(
      `The database in ${usual.clusterDir} cannot be entered by its owner, user ${usual.account?.uid}.`,
    );
  }
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  const base = join(sharedDir, name);
  createPassable(sharedDir);
  createPassable(base);
  return placesBelow(base, chooseAccount(join(base, "postgres")));
}

function placesBelow(base: string, account: Account | undefined): ClusterLocation {
  return { account, clusterDir: join(base, "postgres"), socketDir: join(base, "socket") };
}

function refuseForeignCluster(location: ClusterLocation): ClusterLocation {
  const owner = statSync(location.clusterDir, { throwIfNoEntry: false })?.uid;
  if (owner === undefined || owner === process.getuid?.()) return location;
  const message = `The database in ${location.clusterDir} belongs to user ${owner}; start as that user or as root.`;
  throw dataDirectoryError(message);
}
