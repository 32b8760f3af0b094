import type { Flags } from "#config";
import { verifyScorecard } from "#store";
import { AppError } from "#lib";
import { openStoredNetwork } from "./open-network-store.ts";
import { addCommand } from "./add-command.ts";
import { parseHash } from "./parse-argument.ts";
import { STORE_SETTINGS } from "./settings-of-commands.ts";
import { type Complete, type StoreCommand, storeCommandOf } from "./store-command.ts";

export type ScorecardFlags = {
  readonly json?: boolean;
  /** Hash of an entry that was noted earlier, hex. */
  readonly head?: string;
};

export const complete: Complete = (scorecard, surroundings) => {
  const sentence =
    "compute the chain of entries and where predictions stand anew, and name the first that does not hold";
  addCommand(scorecard, "verify", { sentence, settings: STORE_SETTINGS })
    .option("--json", "one JSON object")
    .option("--head <hash>", "of an entry that was noted earlier: fails where it is missing", parseHash)
    .action((flags: Flags & ScorecardFlags) => checkScorecard(storeCommandOf(surroundings)(flags), flags));
};

/**
 * `utxoiq scorecard verify`: computes the whole chain of entries anew and holds the list of predictions against it; fails
 * at the first that does not hold.
 */
export async function checkScorecard(
  command: StoreCommand,
  { json = false, head: noted }: ScorecardFlags,
): Promise<void> {
  const store = await openStoredNetwork(command);
  try {
    const { entries, head, broken } = await verifyScorecard(store.db, noted);
    if (json) command.write(JSON.stringify({ entries, head, broken: broken ?? null }));
    if (broken !== undefined) {
      throw new AppError(
        "CLI_SCORECARD_BROKEN",
        `Entry ${broken.seq} of the scorecard does not hold: ${broken.reason}.`,
      );
    }
    if (json) return;
    if (entries === 0) {
      command.terminal.line("Scorecard", "has no entry yet, so there was nothing to check");
      return;
    }
    command.terminal.line(
      "Scorecard",
      `${entries.toLocaleString("en")} entries, each follows from the one before; predictions stand as they say`,
    );
    command.terminal.line("Newest", head);
  } finally {
    await store.close();
  }
}
