import { resolve } from "node:path";
import type { Config } from "#config";
import { AppError, createLogger } from "#lib";
import { embedded } from "#store";
import type { Terminal } from "../terminal.ts";

/** `utxoiq restore`: a data directory of a backup. */
export async function restoreBackup({ data }: Config, backupDir: string, terminal: Terminal): Promise<void> {
  if (data === undefined) {
    throw new AppError("CLI_RESTORE_TARGET", "where to? Name an empty directory with --data <directory>");
  }
  const logger = createLogger(undefined, "silent");
  const { height, counts } = await embedded.restoreBackup({ backupDir: resolve(backupDir), dataDir: data, logger });
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  terminal.line("Restored", `${data}: blocks up to ${height ?? "none"}, ${rows.toLocaleString("en")} rows counted`);
  terminal.line("Start it", `with --data ${data}`);
}
