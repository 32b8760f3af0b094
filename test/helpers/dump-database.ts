import { sql } from "kysely";
import type { Database } from "#store";
import { describeSchema } from "./describe-schema.ts";

type TableRows = { readonly text: string };

/**
 * A database as statements that make it again, schema and rows: for databases of a few thousand rows. They are carried out
 * by a superuser, since triggers and references stand aside while rows come in.
 */
export async function dumpDatabase(db: Database): Promise<string> {
  const { rows: tables } = await sql<{ name: string; columns: readonly string[] }>`
    SELECT relname AS name, array_agg(quote_ident(attname) ORDER BY attnum) AS columns
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    GROUP BY relname ORDER BY relname`.execute(db);
  const rows: string[] = [];
  for (const { name, columns } of tables) {
    const { rows: texts } = await sql<TableRows>`
      SELECT quote_literal(one::text) AS text FROM ${sql.table(name)} AS one ORDER BY one::text`.execute(db);
    if (texts.length === 0) continue;
    const values = texts.map(({ text }) => `(${text}::"${name}")`).join(",\n");
    const fields = columns.map((column) => `(one).${column}`).join(", ");
    rows.push(
      `INSERT INTO "${name}" (${columns.join(", ")}) OVERRIDING SYSTEM VALUE\nSELECT ${fields} FROM (VALUES ${values}) AS rows (one);`,
    );
  }
  const { rows: sequences } = await sql<TableRows>`
    SELECT format('SELECT setval(%L, %s, true);', quote_ident(sequencename), last_value) AS text
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`.execute(db);
  const head = "SET check_function_bodies = off;\nSET session_replication_role = replica;";
  return [head, await describeSchema(db), ...rows, ...sequences.map(({ text }) => text), "RESET ALL;\n"].join("\n");
}
