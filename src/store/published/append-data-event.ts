import { sql, type Transaction } from "kysely";
import type { Tables } from "../database/schema.ts";
import type { DataEvent } from "./event-types.ts";

/** Tells what is neither of an insight's status nor of a block. The last statement of its transaction. */
export async function appendDataEvent(trx: Transaction<Tables>, { type, data }: DataEvent): Promise<void> {
  await sql`
    INSERT INTO events (id, type, data)
    SELECT id, ${type}, ${JSON.stringify(data)}::jsonb FROM draw_event_ids(1) AS id`.execute(trx);
}
