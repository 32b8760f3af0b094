import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Config, type Flags, readConfig } from "#config";
import { AppError, createLogger } from "#lib";
import { embedded } from "#store";
import { addSettings } from "../add-command.ts";
import { parseMoment } from "../parse-argument.ts";
import type { Complete } from "../store-command.ts";
import type { Terminal } from "../terminal.ts";

type RestoreFlags = { readonly at?: Date | "latest" };

export const complete: Complete = (command, { terminal, signal }) => {
  addSettings(command, ["data", "databaseUrl", "backupBucket", "backupBucketRegion", "backupBucketKey"])
    .argument(
      "<backup>",
      "the directory of one backup; with --at that in which all stand. What is missing there is fetched from the bucket, where one is named",
    )
    .option("--at <time>", "a moment, such as 2031-01-14T14:02:10Z, or latest: as far as the log reaches", parseMoment)
    .action((backup: string, flags: Flags & RestoreFlags) =>
      restoreBackup({
        config: readConfig({ ...flags, backupTo: flags.at === undefined ? dirname(resolve(backup)) : backup }),
        backupDir: resolve(backup),
        at: flags.at,
        terminal: terminal(),
        signal,
      }),
    );
};

type Restoring = {
  readonly config: Config;
  readonly backupDir: string;
  readonly at: Date | "latest" | undefined;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/** `utxoiq restore`: a data directory of a backup, or of a moment; an empty database of one's own of a dump. */
async function restoreBackup({ config, backupDir, at, terminal, signal }: Restoring): Promise<void> {
  const { data, databaseUrl, backups } = config;
  if (at !== undefined && existsSync(join(backupDir, "manifest.json"))) throw oneBackup(backupDir);
  if (backups?.bucket !== undefined) {
    const bucket = embedded.openBucket(backups.bucket);
    const wanted = at === undefined ? { name: basename(backupDir) } : { at };
    const { name, files } = await embedded.fetchBackup({ bucket, toDir: backups.toDir, wanted, signal });
    terminal.line("Fetched", `${files.toLocaleString("en")} files of ${name} and its log into ${backups.toDir}`);
  }
  const chosen = at === undefined ? undefined : await embedded.chooseRestore(backupDir, at);
  const from = chosen ?? { backupDir };
  const { kind } = await embedded.readManifest(from.backupDir);
  if (kind === "dump") {
    if (databaseUrl === undefined) throw noTarget("an empty database with --database-url <url>");
    const { height } = await embedded.restoreDump({ ...from, connection: { connectionString: databaseUrl }, signal });
    terminal.line("Restored", `blocks up to ${height ?? "none"}`);
    return;
  }
  if (data === undefined) throw noTarget("an empty directory with --data <directory>");
  const logger = createLogger(undefined, "silent");
  const { height, counts } = await embedded.restoreBackup({ ...from, dataDir: data, logger, signal });
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  terminal.line("Restored", `${data}: blocks up to ${height ?? "none"}, ${rows.toLocaleString("en")} rows counted`);
  if (chosen !== undefined) {
    const moment = at instanceof Date ? `, as it stood at ${at.toISOString()}` : "";
    terminal.line("Of", `${chosen.backupDir} and ${chosen.log.files.length} files of the log${moment}`);
  }
  terminal.line("Start it", `with --data ${data}`);
}

function noTarget(target: string): AppError {
  return new AppError("CLI_RESTORE_TARGET", `where to? Name ${target}`);
}

function oneBackup(backupDir: string): AppError {
  return new AppError(
    "CLI_RESTORE_MOMENT",
    `${backupDir} is one backup; --at needs the directory in which backups stand, with their log`,
  );
}
