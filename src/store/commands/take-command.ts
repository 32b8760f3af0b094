import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import type { CommandAnswer, CommandKind, TakenCommand } from "./command.ts";

/**
 * The oldest command that waits, which nobody else then gets. It counts as taken before it is carried out: whoever
 * dies on the way does not carry it out twice.
 * @param kinds absent: of any kind
 */
export async function takeCommand(db: Database, kinds?: readonly CommandKind[]): Promise<TakenCommand | undefined> {
  await expireCommands(db);
  const ofKinds = kinds === undefined ? sql`true` : sql`kind = ANY (${[...kinds]})`;
  const { rows } = await sql<TakenCommand>`
    UPDATE commands SET state = 'taken'
    WHERE id = (
      SELECT id FROM commands WHERE state = 'open' AND take_by > clock_timestamp() AND ${ofKinds}
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, arguments, actor`.execute(db);
  return rows[0];
}

/** Those that nobody took in time, so that who starts later does not carry out what nobody waits for. */
async function expireCommands(db: Database): Promise<void> {
  await sql`
    UPDATE commands SET state = 'expired' WHERE state = 'open' AND take_by <= clock_timestamp()`.execute(db);
}

export async function answerCommand(db: Database, id: number, answer: CommandAnswer): Promise<void> {
  const values =
    "result" in answer
      ? ({ state: "done", result: JSON.stringify(answer.result) } as const)
      : ({ state: "failed", error_code: answer.error.code, error_message: answer.error.message } as const);
  await db
    .updateTable("commands")
    .set({ ...values, answered_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", id)
    .where("state", "=", "taken")
    .execute();
}
