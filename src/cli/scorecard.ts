import { verifyScorecard } from "#store";
import { AppError } from "#lib";
import { openStoredNetwork } from "./open-network-store.ts";
import type { StoreCommand } from "./store-command.ts";

export type ScorecardFlags = {
  readonly json?: boolean;
  /** Hash of an entry that was noted earlier, hex. */
  readonly head?: string;
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
    command.terminal.line(
      "Scorecard",
      `${entries.toLocaleString("en")} entries, each follows from the one before; predictions stand as they say`,
    );
    command.terminal.line("Newest", entries === 0 ? "none" : head);
  } finally {
    await store.close();
  }
}
