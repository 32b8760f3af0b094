import { type Command, InvalidArgumentError, Option } from "commander";
import { EXPORT_FORMATS } from "#chain";
import { type Flags, readConfig, type SettingName } from "#config";
import { addCommand } from "../add-command.ts";
import { parseCount, parseNumber } from "../parse-argument.ts";
import { DATABASE_SETTINGS } from "../settings-of-commands.ts";
import type { Complete } from "../store-command.ts";
import { exportChain, type ExportFlags } from "./export-chain.ts";
import { listEvents } from "./list-events.ts";
import { LEDGER_KINDS, type LedgerFlags, listLedger } from "./list-ledger.ts";
import { askForEvent, type EventFlags } from "./ask-for-event.ts";

const EVENT_SETTINGS: readonly SettingName[] = ["source", ...DATABASE_SETTINGS];

/** What was staged on the chain, and how far it has come, stands in its database. */
const CHAIN_SETTINGS = EVENT_SETTINGS;
const LEDGER_SETTINGS: readonly SettingName[] = [...CHAIN_SETTINGS, "historyBlocks"];

export const complete: Complete = (simnet, { terminal, aside, write, signal }) => {
  const add = (name: string, sentence: string, settings: readonly SettingName[]): Command =>
    addCommand(simnet, name, { sentence, settings });
  add("event", "stage an event on the simulated network that runs, from its next block on", EVENT_SETTINGS)
    .argument("<kind>", "what is to happen; simnet events lists what can")
    .option("--entity <name>", "to whom; drawn where nothing is said")
    .option("--size <number>", "bitcoin, or times the usual; drawn where nothing is said", parseSize)
    .option("--lasts <blocks>", "how many blocks it lasts; drawn where nothing is said", parseNumber)
    .action((kind: string, flags: Flags & EventFlags) =>
      askForEvent({ config: readConfig(flags), terminal: terminal(), signal }, kind, flags),
    );
  add("events", "list what can be staged: to whom, how much, over how many blocks", [])
    .option("--json", "one JSON object a line")
    .action(({ json = false }: { json?: boolean }) => listEvents({ json, write }));
  add("export", "write a simulated chain as files that dir: or core-files: reads", CHAIN_SETTINGS)
    .requiredOption("--blocks <number>", "how many, from block 0 on", parseCount)
    .requiredOption("--to <directory>", "an empty one, or one that is made")
    .addOption(
      new Option("--format <format>", "blocks with what they spend, or what a node writes")
        .choices(EXPORT_FORMATS)
        .default("dir"),
    )
    .option("--xor-key", "with a key over the node's files, as since Core 28")
    .action((flags: Flags & ExportFlags) =>
      exportChain({ config: readConfig(flags), terminal: terminal(), signal }, flags),
    );
  add("ledger", "print what really happened on a simulated chain: the truth behind it", LEDGER_SETTINGS)
    .option("--blocks <number>", "how many, from block 0 on; up to the stored tip where nothing is said", parseCount)
    .addOption(new Option("--kind <kind>", "of this kind alone").choices(LEDGER_KINDS))
    .option("--json", "one JSON object a line, with every transfer and balance")
    .action((flags: Flags & LedgerFlags) =>
      listLedger({ config: readConfig(flags), terminal: aside(), write, signal }, flags),
    );
};

function parseSize(text: string): number {
  const size = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || size <= 0) throw new InvalidArgumentError("A size is a number above 0.");
  return size;
}
