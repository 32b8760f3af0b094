import { sql } from "kysely";
import { AppError, invariant, pause } from "#lib";
import type { Database } from "../database/schema.ts";
import { commandExpired, commandUnanswered } from "../errors.ts";
import type { CommandKind, CommandState, CommandTypes } from "./command.ts";

export type Question<Kind extends CommandKind> = {
  readonly kind: Kind;
  readonly arguments: CommandTypes[Kind]["arguments"];
  /** Who asks. */
  readonly actor: string;
  /** Somebody takes it in this time or never. Once it is taken, as long again is waited for the answer. */
  readonly withinMs?: number;
};

const WITHIN_MS = 5_000;
const LOOK_AGAIN_MS = 50;

/**
 * Asks the role that carries such commands out and waits for its answer.
 * @throws AppError STORE_COMMAND_EXPIRED when nobody took it, STORE_COMMAND_UNANSWERED when whoever took it is silent,
 * and what the answer says where it is an error.
 */
export async function askCommand<Kind extends CommandKind>(
  db: Database,
  { kind, arguments: given, actor, withinMs = WITHIN_MS }: Question<Kind>,
  signal: AbortSignal,
): Promise<CommandTypes[Kind]["result"]> {
  const takeBy = sql<Date>`clock_timestamp() + ${withinMs}::integer * interval '1 millisecond'`;
  const { id } = await db
    .insertInto("commands")
    .values({ kind, arguments: JSON.stringify(given), actor, take_by: takeBy })
    .returning("id")
    .executeTakeFirstOrThrow();
  const command = await waitForAnswer(db, { id, withinMs, signal });
  if (command.state === "expired") throw commandExpired(withinMs);
  if (command.state === "taken") throw commandUnanswered(withinMs * 2);
  if (command.error_code !== null) throw new AppError(command.error_code, command.error_message ?? "");
  invariant(command.result !== null, `command ${id} is ${command.state} without a result`);
  return command.result;
}

type Waiting = { readonly id: number; readonly withinMs: number; readonly signal: AbortSignal };

async function waitForAnswer(db: Database, { id, withinMs, signal }: Waiting) {
  const askedAt = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const waitedMs = performance.now() - askedAt;
    if (waitedMs > withinMs) await giveUp(db, id);
    const command = await db
      .selectFrom("commands")
      .select(["state", "result", "error_code", "error_message"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    if (isSettled(command.state) || waitedMs > withinMs * 2) return command;
    await pause(LOOK_AGAIN_MS, signal);
  }
}

/** Nobody may take it any more. */
async function giveUp(db: Database, id: number): Promise<void> {
  await db.updateTable("commands").set({ state: "expired" }).where("id", "=", id).where("state", "=", "open").execute();
}

function isSettled(state: CommandState): boolean {
  return state === "done" || state === "failed" || state === "expired";
}
