import type { Command } from "commander";
import type { Flags } from "#config";
import { addCommand } from "../add-command.ts";
import { parseHeight } from "../parse-argument.ts";
import { checkLabels } from "./check-labels.ts";
import { importLabelFiles, type ImportFlags } from "./import-labels.ts";
import { exportLabels, listLabels, type ListFlags } from "./list-labels.ts";
import { STORE_SETTINGS } from "../settings-of-commands.ts";
import { type Complete, storeCommandOf } from "../store-command.ts";
import { AS_OF } from "./as-of.ts";
import { restateLabels } from "./restate-labels.ts";
import { showLabels, type ShowFlags } from "./show-labels.ts";

const VALID_AT = ["--valid-at <day>", "those that are true on this day, or do not say when they are"] as const;
const KIND = "exchange, pool, custodian, …";

export const complete: Complete = (labels, surroundings) => {
  const add = (name: string, sentence: string): Command =>
    addCommand(labels, name, { sentence, settings: STORE_SETTINGS });
  const commandOf = storeCommandOf(surroundings);
  add("import", "read label files into the database, all of them or none")
    .argument("<file...>", "TagPacks (.yaml), lists of pools (.json), tables (.csv), bare lists of addresses")
    .option("--skip-refused", "leave refused lines out and import the rest")
    .option("--actor <name>", "whose the labels are, where a file does not say")
    .option("--kind <kind>", `what they are, where a file does not say: ${KIND}`)
    .action((files: string[], flags: Flags & ImportFlags) => importLabelFiles(commandOf(flags), files, flags));
  add("list", "print the labels of the database, one a line")
    .option("--actor <name>", "of this actor alone")
    .option("--kind <kind>", `of this kind alone: ${KIND}`)
    .option("--address <address>", "of this address alone")
    .option(...AS_OF)
    .option(...VALID_AT)
    .option("--json", "one JSON object a line")
    .action((flags: Flags & ListFlags) => listLabels(commandOf(flags), flags));
  add("show", "print all that is known of an address or an actor")
    .argument("<who>", "an address, or the name of an actor")
    .option(...AS_OF)
    .option(...VALID_AT)
    .action((who: string, flags: Flags & ShowFlags) => showLabels(commandOf(flags), who, flags));
  add("export", "print all labels as JSON lines")
    .option("--csv", "as a table that labels import reads")
    .option(...AS_OF)
    .action((flags: Flags & { csv?: boolean; asOf?: string }) => exportLabels(commandOf(flags), flags));
  add("restate", "say by the newest labels who received and spent what in stored blocks, reading them again")
    .requiredOption("--from <height>", "the first block", parseHeight)
    .action((flags: Flags & { from: number }) => restateLabels(commandOf(flags), flags.from));
  add("check", "print conflicts, actors of several kinds and odd names")
    .option("--all", "each conflict, not only examples")
    .action((flags: Flags & { all?: boolean }) => checkLabels(commandOf(flags), flags));
};
