import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Flags } from "#config";
import { AppError, createLogger } from "#lib";
import { embedded } from "#store";
import { openStoredNetwork } from "../open-network-store.ts";
import { addSettings } from "../add-command.ts";
import { parseCount } from "../parse-argument.ts";
import { STORE_SETTINGS } from "../settings-of-commands.ts";
import { type Complete, type StoreCommand, storeCommandOf } from "../store-command.ts";
import type { Terminal } from "../terminal.ts";

export type BackupFlags = { readonly to: string; readonly keep?: number; readonly verify: boolean };

const KEPT = 7;

export const complete: Complete = (command, surroundings) => {
  addSettings(command, STORE_SETTINGS)
    .requiredOption("--to <directory>", "where backups stand, each in a directory of its own")
    .option("--keep <number>", "how many of the newest are kept, 7 where nothing is said", parseCount)
    .option("--no-verify", "do not restore the copy beside")
    .action((flags: Flags & BackupFlags) => makeBackup(storeCommandOf(surroundings)(flags), flags));
};

/** `utxoiq backup`: copies the embedded database while it runs, and restores the copy beside to see that it is whole. */
export async function makeBackup(command: StoreCommand, flags: BackupFlags): Promise<void> {
  const { terminal, signal } = command;
  const toDir = resolve(flags.to);
  mkdirSync(toDir, { recursive: true });
  const store = await openStoredNetwork(command);
  try {
    const { connection } = store;
    if ("connectionString" in connection) throw notOurs();
    const { dir, manifest } = await embedded.makeBackup({ connection, toDir, signal });
    const seconds = (Date.parse(manifest.finishedAt) - Date.parse(manifest.startedAt)) / 1_000;
    const megabytes = Math.round(manifest.bytes / 1e6).toLocaleString("en");
    terminal.line("Backup", `${dir}, ${megabytes} MB in ${manifest.files.length} files, ${seconds.toFixed(1)} s`);
    if (flags.verify) await verify(terminal, { toDir, dir });
  } finally {
    await store.close();
  }
  const removed = await embedded.rotateBackups(toDir, flags.keep ?? KEPT);
  if (removed.length > 0) terminal.line("Removed", `${removed.join(", ")}; the newest ${flags.keep ?? KEPT} are kept`);
}

async function verify(
  terminal: Terminal,
  { toDir, dir }: { readonly toDir: string; readonly dir: string },
): Promise<void> {
  const place = mkdtempSync(join(toDir, "verify-"));
  try {
    // Root starts the server as another user, who has to come by.
    await chmod(place, 0o755);
    const dataDir = join(place, "data");
    const { height } = await embedded.restoreBackup({
      backupDir: dir,
      dataDir,
      logger: createLogger(undefined, "silent"),
    });
    terminal.line(
      "Verified",
      `restored beside: every file, every count, blocks up to ${height ?? "none"} without a gap`,
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function notOurs(): AppError {
  const message = "A database of your own is backed up by its own tools: pg_dump, or what its provider has.";
  return new AppError("CLI_BACKUP_NOT_OURS", message);
}
