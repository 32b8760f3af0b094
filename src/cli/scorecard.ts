import { verifyScorecard } from "#store";
import { AppError } from "#lib";
import { openStoredNetwork } from "./open-network-store.ts";
import type { StoreCommand } from "./store-command.ts";

/** `utxoiq scorecard verify`: computes the whole chain of entries anew; fails at the first that does not hold. */
export async function checkScorecard(command: StoreCommand, { json }: { readonly json: boolean }): Promise<void> {
  const store = await openStoredNetwork(command);
  try {
    const { entries, head, broken } = await verifyScorecard(store.db);
    if (json) command.write(JSON.stringify({ entries, head, broken: broken ?? null }));
    if (broken !== undefined) {
      throw new AppError(
        "CLI_SCORECARD_BROKEN",
        `Entry ${broken.seq} of the scorecard does not hold: ${broken.reason}.`,
      );
    }
    if (json) return;
    command.terminal.line("Scorecard", `${entries.toLocaleString("en")} entries, each follows from the one before`);
    command.terminal.line("Newest", entries === 0 ? "none" : head);
  } finally {
    await store.close();
  }
}
