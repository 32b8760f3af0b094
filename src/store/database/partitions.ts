import { sql } from "kysely";
import type { Database } from "./schema.ts";

/** A partition is named by its table and its number. */
export type Partition = { readonly name: string; readonly number: number };

/** Those of a table, the lowest number first. */
export async function listPartitions(db: Database, table: string): Promise<readonly Partition[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = ${table}::regclass`.execute(db);
  return rows
    .map(({ name }) => ({ name, number: Number(name.slice(table.length + 1)) }))
    .toSorted((left, right) => left.number - right.number);
}
