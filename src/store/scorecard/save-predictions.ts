import type { Prediction } from "#signals";
import { lockCursor } from "../blocks/cursor.ts";
import type { Database } from "../database/schema.ts";
import { appendEntries, lockScorecard } from "./append-entries.ts";
import { madeEntry } from "./entry.ts";

/**
 * Enters what is said between two blocks. All of it was said on one tip, and nothing is entered where that is not the
 * newest stored block (any more).
 * @returns whether it was entered
 */
export async function savePredictions(db: Database, predictions: readonly Prediction[]): Promise<boolean> {
  const [first] = predictions;
  if (first === undefined) return false;
  return db.transaction().execute(async (trx) => {
    const tip = await lockCursor(trx);
    if (tip?.hash !== first.blockHash) return false;
    await lockScorecard(trx);
    await appendEntries(trx, predictions.map(madeEntry));
    return true;
  });
}
