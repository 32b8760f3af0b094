import { existsSync } from "node:fs";
import type { Config } from "#config";
import { AppError } from "#lib";

/** Whether a database may be there already; of a server of one's own nobody knows before it is asked. */
export function mayHoldDatabase({ databaseUrl }: Config, dataDir: string): boolean {
  return databaseUrl !== undefined || existsSync(dataDir);
}

/** A command that only reads makes no database by the way. @throws AppError where there is none */
export function requireDatabase(config: Config, dataDir: string): void {
  if (mayHoldDatabase(config, dataDir)) return;
  throw noDataDirectory(dataDir);
}

export function noDataDirectory(dataDir: string): AppError {
  return new AppError("CLI_NO_DATA_DIRECTORY", `There is no data directory ${dataDir}: utxoiq start makes it.`);
}
