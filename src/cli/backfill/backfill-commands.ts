import { type Command, Option } from "commander";
import type { Flags, SettingName } from "#config";
import { addCommand, addSettings } from "../add-command.ts";
import { parseHeight } from "../parse-argument.ts";
import { PRICE_SETTINGS, STORE_SETTINGS } from "../settings-of-commands.ts";
import { type Complete, storeCommandOf } from "../store-command.ts";
import { listBackfills } from "./list-backfills.ts";
import { changeBackfill, type RangeFlags, runBackfill } from "./run-backfill.ts";

/** Of whoever reads blocks himself. */
const BACKFILL_SETTINGS: readonly SettingName[] = [
  ...STORE_SETTINGS,
  "requestRate",
  "workers",
  "backfillRate",
  ...PRICE_SETTINGS,
];

/** `utxoiq backfill`, and below it what becomes of those that were asked for. */
export const complete: Complete = (backfill, surroundings) => {
  const commandOf = storeCommandOf(surroundings);
  const add = (name: string, sentence: string, settings: readonly SettingName[]): Command =>
    addCommand(backfill, name, { sentence, settings });
  addSettings(backfill, BACKFILL_SETTINGS)
    .enablePositionalOptions()
    .option("--from <height>", "the first block", parseHeight)
    .option("--to <height>", "the last block; the one below the lowest stored where nothing is said", parseHeight)
    .addOption(
      new Option("--only <part>", "make features alone, or signals and insights of stored features alone").choices([
        "features",
        "signals",
      ]),
    )
    .action((flags: Flags & RangeFlags) => runBackfill(commandOf(flags), flags));
  add("list", "print the backfills that were asked for, the newest first", STORE_SETTINGS)
    .option("--json", "one JSON object per backfill and line")
    .action((flags: Flags & { json?: boolean }) => listBackfills(commandOf(flags), { json: flags.json ?? false }));
  const changes = [
    ["pause", "stop after the blocks that are being read", STORE_SETTINGS],
    ["cancel", "end it; what is stored stays", STORE_SETTINGS],
    ["resume", "go on where it was paused", BACKFILL_SETTINGS],
    ["retry", "go on after a failure, and read blocks again that were left out", BACKFILL_SETTINGS],
  ] as const;
  for (const [change, sentence, settings] of changes) {
    add(change, sentence, settings)
      .argument("<id>", "its number, as list prints it", parseHeight)
      .action((id: number, flags: Flags) => changeBackfill(commandOf(flags), { id, change }));
  }
};
