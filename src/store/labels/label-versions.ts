import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { labelVersionUnknown } from "../errors.ts";

/** The newest version of the labels; 0 before the first import. */
export async function getLabelVersion(db: Database): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    SELECT coalesce(max(version), 0) AS version FROM label_versions`.execute(db);
  return rows[0]?.version ?? 0;
}

/** The version that was the newest at that time; 0 before the first. */
export async function getLabelVersionAt(db: Database, time: Date): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    SELECT coalesce(max(version), 0) AS version FROM label_versions WHERE at <= ${time}`.execute(db);
  return rows[0]?.version ?? 0;
}

/** A version that does not exist has no answer, which is something else than an empty one. */
export async function checkLabelVersion(db: Database, version: number): Promise<void> {
  const newest = await getLabelVersion(db);
  if (version > newest) throw labelVersionUnknown(version, newest);
}
