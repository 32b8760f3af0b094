import type { Database } from "#store";
import { query } from "../database.ts";

type Multiplied = {
  readonly table: string;
  /** What gives a row each, as it stands behind FROM. */
  readonly source: string;
  /** Expressions over the source, and over `one`, the row that is multiplied; columns without one are as in that row. */
  readonly columns: Readonly<Record<string, string>>;
};

/** The statement that inserts the table's only row again and again. */
export async function multiplyRow(db: Database, { table, source, columns }: Multiplied): Promise<string> {
  const rows = (await query(
    db,
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''`,
  )) as readonly { readonly name: string }[];
  const names = rows.map(({ name }) => name);
  const values = names.map((name) => columns[name] ?? `one.${name}`);
  return `INSERT INTO ${table} (${names.join(", ")})
    SELECT ${values.join(", ")} FROM (SELECT * FROM ${table} LIMIT 1) AS one, ${source}`;
}
