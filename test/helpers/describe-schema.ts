import { sql } from "kysely";
import type { Database } from "#store";

/**
 * What the migrations make, as statements that make the same: functions, tables, views, indexes, triggers, each in the
 * words of the server and in the order of names. Made of the catalogue, since no `pg_dump` comes along.
 */
export async function describeSchema(db: Database): Promise<string> {
  const parts = await Promise.all(
    [SEQUENCES, FUNCTIONS, TABLES, PARTITIONS, CONSTRAINTS, INDEXES, VIEWS, TRIGGERS].map((part) => listOf(db, part)),
  );
  return `${parts.flat().join("\n\n")}\n`;
}

async function listOf(db: Database, statement: string): Promise<readonly string[]> {
  const { rows } = await sql<{ text: string }>`${sql.raw(statement)}`.execute(db);
  return rows.map(({ text }) => text);
}

const OURS = "= 'public'::regnamespace";

/** Those that belong to a column are told with it. */
const SEQUENCES = `
  SELECT format('CREATE SEQUENCE %I AS %s;', relname, format_type(seqtypid, NULL)) AS text
  FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid
  WHERE relnamespace ${OURS} AND NOT EXISTS (
    SELECT FROM pg_depend WHERE objid = pg_class.oid AND classid = 'pg_class'::regclass AND deptype IN ('a', 'i'))
  ORDER BY relname`;

const FUNCTIONS = `
  SELECT rtrim(pg_get_functiondef(oid), E'\\n') || ';' AS text FROM pg_proc WHERE pronamespace ${OURS}
  ORDER BY proname, pg_get_function_identity_arguments(oid)`;

const COLUMN = `
  format('  %I %s', attname, format_type(atttypid, atttypmod))
  || CASE WHEN attstorage <> typstorage THEN ' STORAGE ' || CASE attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END ELSE '' END
  || CASE WHEN attidentity <> '' THEN format(' GENERATED %s AS IDENTITY', CASE attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END) ELSE '' END
  || CASE WHEN attgenerated = 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(adbin, adrelid))
       WHEN attgenerated = 'v' THEN format(' GENERATED ALWAYS AS (%s) VIRTUAL', pg_get_expr(adbin, adrelid))
       WHEN adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(adbin, adrelid) ELSE '' END
  || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END`;

const TABLES = `
  SELECT format(E'CREATE TABLE %I (\\n%s\\n)%s;', relname, columns, ' PARTITION BY ' || pg_get_partkeydef(pg_class.oid)) AS text
  FROM pg_class, LATERAL (
    SELECT string_agg(${COLUMN}, E',\\n' ORDER BY attnum) AS columns
    FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped) AS described
  WHERE relnamespace ${OURS} AND relkind IN ('r', 'p') AND NOT relispartition
  ORDER BY relname`;

const PARTITIONS = `
  SELECT format('CREATE TABLE %I PARTITION OF %s %s;', relname, inhparent::regclass, pg_get_expr(relpartbound, pg_class.oid)) AS text
  FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid
  WHERE relnamespace ${OURS} AND relispartition AND relkind = 'r'
  ORDER BY relname`;

/** What others refer to comes first. Of a partition those of its table count. That a column is never null is told with the column. */
const CONSTRAINTS = `
  SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s;', conrelid::regclass, conname, pg_get_constraintdef(pg_constraint.oid)) AS text
  FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
  WHERE connamespace ${OURS} AND NOT relispartition AND contype IN ('p', 'u', 'f', 'c', 'x')
  ORDER BY contype = 'f', relname, conname`;

const INDEXES = `
  SELECT pg_get_indexdef(indexrelid) || ';' AS text
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_class AS of_table ON of_table.oid = indrelid
  WHERE pg_class.relnamespace ${OURS} AND NOT of_table.relispartition
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
  ORDER BY of_table.relname, pg_class.relname`;

const VIEWS = `
  SELECT format(E'CREATE VIEW %I AS\\n%s', relname, pg_get_viewdef(oid)) AS text
  FROM pg_class WHERE relnamespace ${OURS} AND relkind = 'v'
  ORDER BY relname`;

const TRIGGERS = `
  SELECT pg_get_triggerdef(pg_trigger.oid) || ';' AS text
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
  WHERE relnamespace ${OURS} AND NOT tgisinternal AND NOT relispartition
  ORDER BY relname, tgname`;
