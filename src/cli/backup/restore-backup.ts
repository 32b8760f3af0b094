import { resolve } from "node:path";
import { type Config, type Flags, readConfig } from "#config";
import { AppError, createLogger } from "#lib";
import { embedded } from "#store";
import { addSettings } from "../add-command.ts";
import type { Complete } from "../store-command.ts";
import type { Terminal } from "../terminal.ts";

export const complete: Complete = (command, { terminal }) => {
  addSettings(command, ["data"])
    .argument("<backup>", "the directory of one backup")
    .action((backup: string, flags: Flags) => restoreBackup(readConfig(flags), backup, terminal()));
};

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
