import { type RawBuilder, type SqlBool, sql } from "kysely";

/** Rows that a version of the labels, or one before it, told of; all of them where none is named. */
export function knownBy(labelVersion: number | undefined): RawBuilder<SqlBool> {
  return labelVersion === undefined ? sql`true` : sql`label_version <= ${labelVersion}`;
}
