import { Command, CommanderError, Option } from "commander";
import { type Config, type Flags, readConfig, type Setting, type SettingName, SETTINGS } from "#config";
import { describeFeatures } from "#features";
import { AppError, messageOf, VERSION } from "#lib";
import { addBackfillCommands, BACKFILL_SETTINGS } from "./backfill/backfill-commands.ts";
import { type BackupFlags, makeBackup } from "./backup/make-backup.ts";
import { restoreBackup } from "./backup/restore-backup.ts";
import type { BriefFlags } from "./brief.ts";
import { detect, type DetectFlags } from "./detect.ts";
import { addDetectFlags } from "./detect-flags.ts";
import { describeSettings } from "./describe-settings.ts";
import { features } from "./features.ts";
import { ingest } from "./ingest.ts";
import { flows, type FlowFlags } from "./flows.ts";
import { addLabelCommands, AS_OF } from "./labels/label-commands.ts";
import { createLineOutput } from "./line-output.ts";
import { mempool } from "./mempool.ts";
import { parseCount, parseHash, parseHeight, parseNumber } from "./parse-height.ts";
import { checkScorecard, type ScorecardFlags } from "./scorecard.ts";
import { printOperatorLink } from "./operator.ts";
import { addSimnetCommands } from "./simnet/simnet-commands.ts";
import { importSnapshotFile, showSnapshots } from "./snapshot.ts";
import { storeCommandOf, type Surroundings } from "./store-command.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import { verifyInsight, type VerifyFlags } from "./verify/verify-insight.ts";
import { transfers, type TransferFlags } from "./transfers.ts";
import { addToWatch, listWatched, removeFromWatch, type WatchFlags } from "./watch.ts";

const START_SETTINGS = Object.keys(SETTINGS) as SettingName[];
const INGEST_SETTINGS: readonly SettingName[] = [
  "source",
  "network",
  "data",
  "databaseUrl",
  "prices",
  "priceCurrency",
  "logLevel",
];
const FEATURES_SETTINGS: readonly SettingName[] = [
  "source",
  "network",
  "historyBlocks",
  "requestRate",
  "backfill",
  "prices",
  "priceCurrency",
];
const LABEL_SETTINGS: readonly SettingName[] = ["source", "network", "data", "databaseUrl", "logLevel"];
const MEMPOOL_SETTINGS: readonly SettingName[] = ["source", "requestRate", "data", "databaseUrl", "logLevel"];
const SNAPSHOT_IMPORT_SETTINGS: readonly SettingName[] = ["data", "databaseUrl", "logLevel"];
const OPERATOR_SETTINGS: readonly SettingName[] = ["source", "network", "data", "port", "instanceKey"];
const SNAPSHOT_SHOW_SETTINGS: readonly SettingName[] = ["network", ...SNAPSHOT_IMPORT_SETTINGS];

/** npm keeps the flags for itself and hands on their values alone. */
const FORGOTTEN_DASHES = "Did you forget -- after npm start? npm start -- --source <source>";

/** Runs one command to its end and returns the exit code. */
export async function runCli(argv: readonly string[], signal: AbortSignal): Promise<number> {
  // A reader that has seen enough (head) needs no word of it.
  let readerLeft = false;
  const onError = (): void => {
    readerLeft = true;
  };
  process.stdout.on("error", onError);
  try {
    await buildProgram(signal).parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    if (isStop(error)) {
      if (!readerLeft) process.stderr.write("Stopped\n");
      return 0;
    }
    // commander has told the person already.
    if (error instanceof CommanderError) {
      if (error.code === "commander.excessArguments") process.stderr.write(`${FORGOTTEN_DASHES}\n`);
      return error.exitCode;
    }
    process.stderr.write(`utxoiq: ${tell(error)}\n`);
    return 1;
  } finally {
    process.stdout.off("error", onError);
  }
}

/** Ctrl-C while something was waited for that could be left as it is. */
function isStop(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Our own errors are sentences for a person; of anything else the stack helps whoever mends it. */
function tell(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
}

function buildProgram(signal: AbortSignal): Command {
  const program = new Command("utxoiq")
    .description("On-chain intelligence for Bitcoin that can be checked.")
    .version(VERSION)
    .exitOverride()
    // Flags after the name of a command are that command's, also where those above it have such flags.
    .enablePositionalOptions()
    .showHelpAfterError("Try npm run utxoiq -- --help.");
  addCommand(program, "start", "run everything: database, source, signals, dashboard", START_SETTINGS).action(
    async (flags: Flags) => {
      // No other command needs a server, and loading it takes a fifth of their time.
      const { start } = await import("./start.ts");
      await start(readConfig(flags), createTerminal(process.stdout), signal);
    },
  );
  addCommand(
    program,
    "ingest",
    "store the blocks of a directory with their signals and insights",
    INGEST_SETTINGS,
  ).action((flags: Flags) => ingest(sourceRequired(readConfig(flags), flags), createTerminal(process.stdout), signal));
  addCommand(program, "features", "print what each block of a source says, storing nothing", FEATURES_SETTINGS)
    .option("--json", "one JSON object per block and line")
    .option("--fields", "print what each field is instead: unit, formula, source")
    .option("--labels <file...>", "label files that count beside the built-in labels, in this run alone")
    .action((flags: Flags & { json?: boolean; fields?: boolean; labels?: string[] }) => {
      if (flags.fields === true) return writeLine(describeFeatures());
      const { json = false, labels = [] } = flags;
      return features(readConfig(flags), { json, labels, output: writeLine }, forEyes(signal));
    });
  addCommand(program, "mempool", "print what waits to be mined, every few seconds, storing nothing", MEMPOOL_SETTINGS)
    .option("--json", "one JSON object per snapshot and line")
    .option("--once", "end after the first")
    .action((flags: Flags & { json?: boolean; once?: boolean }) =>
      mempool(
        readConfig(flags),
        { json: flags.json ?? false, once: flags.once ?? false, write: writeLine },
        forEyes(signal),
      ),
    );
  const labels = program
    .command("labels")
    .description("who owns which addresses: import, list, show, export, check")
    .exitOverride();
  const terminal = (): Terminal => createTerminal(process.stdout);
  const surroundings = { ...createLineOutput(process.stdout, signal), terminal, signal };
  addLabelCommands({ surroundings, add: (name, sentence) => addCommand(labels, name, sentence, LABEL_SETTINGS) });
  addWatchCommands(program, surroundings);
  const detectCommand = addCommand(
    program,
    "detect",
    "print what stands out in a daily series of yours, storing nothing",
    [],
  );
  addDetectFlags(detectCommand).action((flags: DetectFlags) => detect(flags, { write: writeLine, ...forEyes(signal) }));
  addSnapshotCommands(program, signal);
  addScorecardCommands(program, surroundings);
  addVerifyCommand(program, surroundings);
  addBriefCommand(program, surroundings);
  addCommand(
    program,
    "operator",
    "print a new link that makes a browser the operator's, once, within 15 minutes",
    OPERATOR_SETTINGS,
  ).action((flags: Flags) => printOperatorLink(storeCommandOf(surroundings)(flags)));
  addCommand(program, "mcp", "let an assistant ask a running server (Model Context Protocol, over stdio)", ["port"])
    .option("--url <url>", "that server, where it is not on this machine")
    .action(async (flags: Flags & { url?: string }) => {
      const { mcp } = await import("./mcp.ts");
      await mcp({ config: readConfig(flags), signal }, flags);
    });
  const backfill = addCommand(program, "backfill", "read older blocks, or stored ones anew", BACKFILL_SETTINGS);
  addBackfillCommands(backfill, {
    surroundings,
    add: (name, sentence, settings) => addCommand(backfill, name, sentence, settings),
  });
  addBackupCommands(program, surroundings);
  const simnet = program
    .command("simnet")
    .description(
      "the simulated network: stage an event, list what can be staged, print what was true, write the chain as files",
    )
    .exitOverride();
  addSimnetCommands({
    ...surroundings,
    aside: () => createTerminal(process.stderr),
    add: (name, sentence, settings) => addCommand(simnet, name, sentence, settings),
  });
  program
    .command("config")
    .description("list every setting: flag, environment variable, default, meaning")
    .exitOverride()
    .action(() => void process.stdout.write(`${describeSettings()}\n`));
  return program;
}

function addWatchCommands(program: Command, surroundings: Surroundings): void {
  const watch = program
    .command("watch")
    .description("addresses and actors of interest: every transaction of theirs is kept as a transfer")
    .exitOverride();
  const commandOf = storeCommandOf(surroundings);
  const add = (name: string, sentence: string): Command => addCommand(watch, name, sentence, LABEL_SETTINGS);
  add("add <who>", "watch an address, or an actor that labels name")
    .option("--kind <kind>", "the actor in this kind alone, where all its kinds would be watched, later ones too")
    .option("--note <text>", "why")
    .action((who: string, flags: Flags & WatchFlags) => addToWatch(commandOf(flags), who, flags));
  add("list", "print what is watched")
    .option("--json", "one JSON object a line")
    .action((flags: Flags & { json?: boolean }) => listWatched(commandOf(flags), { json: flags.json ?? false }));
  add("remove", "watch somebody no longer")
    .argument("<number>", "as watch list tells it", parseNumber)
    .action((number: number, flags: Flags) => removeFromWatch(commandOf(flags), number));
  addCommand(program, "flows", "print what an actor received and spent, block by block", LABEL_SETTINGS)
    .argument("<actor>", "as labels name it")
    .option("--kind <kind>", "of this kind alone")
    .option("--from <height>", "from this block on", parseHeight)
    .option("--to <height>", "up to this block", parseHeight)
    .option(...AS_OF)
    .option("--json", "one JSON object a line")
    .action((actor: string, flags: Flags & FlowFlags) => flows(commandOf(flags), actor, flags));
  addCommand(program, "transfers", "print the transfers that were kept, with their parties", LABEL_SETTINGS)
    .option("--watched", "those of whom is watched alone")
    .option(...AS_OF)
    .option("--from <height>", "from this block on", parseHeight)
    .option("--to <height>", "up to this block", parseHeight)
    .option("--json", "one JSON object a line")
    .action((flags: Flags & TransferFlags) => transfers(commandOf(flags), flags));
}

function addScorecardCommands(program: Command, surroundings: Surroundings): void {
  const scorecard = program
    .command("scorecard")
    .description("what was said about blocks to come and what came of it: check that nothing was changed")
    .exitOverride();
  const commandOf = storeCommandOf(surroundings);
  addCommand(
    scorecard,
    "verify",
    "compute the chain of entries and where predictions stand anew, and name the first that does not hold",
    LABEL_SETTINGS,
  )
    .option("--head <hash>", "of an entry that was noted earlier: fails where it is missing", parseHash)
    .option("--json", "one JSON object")
    .action((flags: Flags & ScorecardFlags) => checkScorecard(commandOf(flags), flags));
}

function addVerifyCommand(program: Command, surroundings: Surroundings): void {
  const commandOf = storeCommandOf(surroundings);
  const sentence = "compute an insight again from its bundle: identical, or where it differs";
  addCommand(program, "verify", sentence, [...LABEL_SETTINGS, "historyBlocks", "requestRate", "backfill"])
    .argument("[insight]", "its id; the bundle is made of what this database holds")
    .option("--file <bundle>", "by a bundle of GET /api/v1/insights/{id}/bundle, without a database")
    .option("--blocks", "read the blocks of --source, too, and compute the bundle's rows anew")
    .option("--labels <file...>", "with --file and --blocks: label files beside the built-in labels")
    .option("--json", "one JSON object")
    .action((id: string | undefined, flags: Flags & VerifyFlags) => {
      const command = commandOf(flags);
      // Progress does not belong among results.
      const aside = flags.json === true ? { terminal: createTerminal(process.stderr) } : {};
      return verifyInsight({ ...command, ...aside }, id, flags);
    });
}

function addBackupCommands(program: Command, surroundings: Surroundings): void {
  const commandOf = storeCommandOf(surroundings);
  addCommand(program, "backup", "copy the embedded database while it runs, and check the copy", LABEL_SETTINGS)
    .requiredOption("--to <directory>", "where backups stand, each in a directory of its own")
    .option("--keep <number>", "how many of the newest are kept, 7 where nothing is said", parseCount)
    .option("--no-verify", "do not restore the copy beside")
    .action((flags: Flags & BackupFlags) => makeBackup(commandOf(flags), flags));
  addCommand(program, "restore", "make a data directory of a backup", ["data"])
    .argument("<backup>", "the directory of one backup")
    .action((backup: string, flags: Flags) => restoreBackup(readConfig(flags), backup, surroundings.terminal()));
}

function addBriefCommand(program: Command, surroundings: Surroundings): void {
  const commandOf = storeCommandOf(surroundings);
  addCommand(program, "brief", "print what stood out on a day, strongest first", LABEL_SETTINGS)
    .option("--date <YYYY-MM-DD>", "a day of UTC; the newest whose brief is due where absent")
    .option("--format <format>", "md, html (one file with its pictures) or json", "md")
    .action(async (flags: Flags & BriefFlags) => {
      // No other command draws, and what draws takes a fifth of a second to load.
      const { printBrief } = await import("./brief.ts");
      await printBrief(commandOf(flags), flags);
    });
}

function addSnapshotCommands(program: Command, signal: AbortSignal): void {
  const snapshot = program
    .command("snapshot")
    .description("opening balances by a file of Bitcoin Core's dumptxoutset")
    .exitOverride();
  const sentence = "store what entities and large scripts hold by the file, in place of an earlier import of it";
  addCommand(snapshot, "import <file>", sentence, SNAPSHOT_IMPORT_SETTINGS)
    .option("--height <number>", "the height of the snapshot's base block, which the file does not tell", parseHeight)
    .action((file: string, flags: Flags & { height?: number }) =>
      importSnapshotFile(readConfig(flags), {
        file,
        height: flags.height,
        terminal: createTerminal(process.stdout),
        signal,
      }),
    );
  addCommand(snapshot, "show", "print the snapshots that were imported and who held what", SNAPSHOT_SHOW_SETTINGS)
    .option("--json", "one JSON object per snapshot and line, with all balances")
    .action((flags: Flags & { json?: boolean }) =>
      showSnapshots(readConfig(flags), { json: flags.json ?? false, write: writeLine }),
    );
}

function writeLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Beside results on standard output, what else there is to say goes to standard error. */
function forEyes(signal: AbortSignal): { terminal: Terminal; signal: AbortSignal } {
  return { terminal: createTerminal(process.stderr), signal };
}

function addCommand(program: Command, name: string, sentence: string, settings: readonly SettingName[]): Command {
  const command = program.command(name).description(sentence).exitOverride();
  for (const setting of settings) command.addOption(optionOf(SETTINGS[setting]));
  return command;
}

/** Defaults are told but not set here: flag, environment, default is the order, and `config` keeps it. */
function optionOf(setting: Setting): Option {
  const fallback = setting.default === undefined ? "" : `, default ${setting.default}`;
  return new Option(setting.flag, `${setting.sentence} (${setting.env.join(", ")}${fallback})`);
}

/** Reading the default, a simulated network, as a set would help nobody. */
function sourceRequired(config: Config, flags: Flags): Config {
  if (flags.source !== undefined || !config.source.startsWith("simnet:")) return config;
  throw new AppError("CLI_SOURCE_MISSING", "which blocks? Name a directory with --source dir:<path>");
}
