import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import type { CommandAnswer } from "./command.ts";

/**
 * Answers what was taken and is not being carried out: whoever took it was killed, or could not answer. For the one who
 * carries commands out, while it is at none. Returns how many there were.
 */
export async function answerAbandoned(
  db: Database,
  { code, message }: Extract<CommandAnswer, { error: unknown }>["error"],
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("commands")
    .set({ state: "failed", error_code: code, error_message: message, answered_at: sql<Date>`clock_timestamp()` })
    .where("state", "=", "taken")
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
