import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Flags } from "#config";
import { embedded } from "#store";
import { openStoredNetwork } from "../open-network-store.ts";
import { addSettings } from "../add-command.ts";
import { parseCount } from "../parse-argument.ts";
import { STORE_SETTINGS } from "../settings-of-commands.ts";
import { type Complete, type StoreCommand, storeCommandOf } from "../store-command.ts";

export type BackupFlags = { readonly to: string; readonly keep?: number; readonly verify: boolean };

const KEPT = 7;

export const complete: Complete = (command, surroundings) => {
  addSettings(command, STORE_SETTINGS)
    .requiredOption("--to <directory>", "where backups stand, each in a directory of its own")
    .option("--keep <number>", "how many of the newest are kept, 7 where nothing is said", parseCount)
    .option("--no-verify", "do not restore the copy beside")
    .action((flags: Flags & BackupFlags) => makeBackup(storeCommandOf(surroundings)(flags), flags));
};

/** `utxoiq backup`: copies the database while it runs, and restores the copy beside to see that it is whole. */
export async function makeBackup(command: StoreCommand, flags: BackupFlags): Promise<void> {
  const { terminal, signal } = command;
  const toDir = resolve(flags.to);
  mkdirSync(toDir, { recursive: true });
  const store = await openStoredNetwork(command);
  try {
    let height: number | null = null;
    const verify = async (part: string): Promise<void> => {
      ({ height } = await embedded.verifyBackup(part, { signal }));
    };
    const { connection } = store;
    const options = { connection, toDir, verify: flags.verify ? verify : undefined, signal };
    const { dir, manifest } = await embedded.makeBackup(options);
    const seconds = (Date.parse(manifest.finishedAt) - Date.parse(manifest.startedAt)) / 1_000;
    const megabytes = Math.round(manifest.bytes / 1e6).toLocaleString("en");
    terminal.line("Backup", `${dir}, ${megabytes} MB in ${manifest.files.length} files, ${seconds.toFixed(1)} s`);
    if (flags.verify) {
      const blocks = `blocks up to ${height ?? "none"} without a gap`;
      terminal.line("Verified", `restored beside: every file, every count, ${blocks}`);
    }
  } finally {
    await store.close();
  }
  const removed = await embedded.rotateBackups(toDir, flags.keep ?? KEPT);
  if (removed.length > 0) terminal.line("Removed", `${removed.join(", ")}; the newest ${flags.keep ?? KEPT} are kept`);
}
