import { sql, type Transaction } from "kysely";
import type { Tables } from "../database/schema.ts";
import { drawEventIds } from "./append-events.ts";
import type { DataEvent } from "./event-types.ts";

/** Tells what is neither of an insight's status nor of a block. The last statement of its transaction. */
export async function appendDataEvent(trx: Transaction<Tables>, { type, data }: DataEvent): Promise<void> {
  const [id] = await drawEventIds(trx, 1);
  await sql`INSERT INTO events (id, type, data) VALUES (${id}, ${type}, ${JSON.stringify(data)}::jsonb)`.execute(trx);
}
