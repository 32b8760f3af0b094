import { sql } from "kysely";
import type { Database } from "./schema.ts";

/** Milliseconds that a round trip to the database takes, waiting for a free connection included. */
export async function ping(db: Database): Promise<number> {
  const begin = performance.now();
  await sql`SELECT 1`.execute(db);
  return performance.now() - begin;
}
