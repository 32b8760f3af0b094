import { type Command, Option } from "commander";
import type { Flags, SettingName } from "#config";
import { parseHeight } from "../parse-height.ts";
import { storeCommandOf, type Surroundings } from "../store-command.ts";
import { listBackfills } from "./list-backfills.ts";
import { changeBackfill, type RangeFlags, runBackfill } from "./run-backfill.ts";

const STORE_SETTINGS: readonly SettingName[] = ["source", "network", "data", "databaseUrl", "logLevel"];

/** Of whoever reads blocks himself. */
export const BACKFILL_SETTINGS: readonly SettingName[] = [
  ...STORE_SETTINGS,
  "requestRate",
  "workers",
  "backfillRate",
  "prices",
  "priceCurrency",
];

type Adding = {
  readonly surroundings: Surroundings;
  /** Adds a command below `backfill`. */
  readonly add: (name: string, sentence: string, settings: readonly SettingName[]) => Command;
};

/** `utxoiq backfill`, and below it what becomes of those that were asked for. */
export function addBackfillCommands(backfill: Command, { surroundings, add }: Adding): void {
  const commandOf = storeCommandOf(surroundings);
  backfill
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
}
