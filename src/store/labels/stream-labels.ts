import { type RawBuilder, sql } from "kysely";
import { keyOfActor, type LabelKind } from "#labels";
import type { Database } from "../database/schema.ts";
import { labelOfRow, selectLabels, type StoredLabel } from "./label-rows.ts";

export type LabelFilter = {
  /** As this version of the labels has it. */
  readonly version: number;
  /** In any spelling. */
  readonly actor?: string | undefined;
  readonly kind?: LabelKind | undefined;
  readonly script?: Uint8Array | undefined;
  /** YYYY-MM-DD: true on this day as far as is known, which is always where a file does not say. */
  readonly validAt?: string | undefined;
  /** From the file of this name. */
  readonly file?: string | undefined;
};

const PAGE = 10_000;

/** Labels of one version, in the order in which they came in, a page at a time: any number in the same memory. */
export async function* streamLabels(db: Database, filter: LabelFilter): AsyncGenerator<StoredLabel> {
  let after = 0;
  for (;;) {
    const page = sql`
      SELECT * FROM labels WHERE id > ${after} AND ${validIn(filter.version)} AND ${matching(filter)}
      ORDER BY id LIMIT ${PAGE}`;
    const { rows } = await selectLabels(page).execute(db);
    yield* rows.map(labelOfRow);
    after = rows.at(-1)?.id ?? after;
    if (rows.length < PAGE) return;
  }
}

/** Whether a row of `labels` belongs to the version. What later versions end stays readable at this one. */
export function validIn(version: number): RawBuilder<boolean> {
  return sql`version_from <= ${version} AND (version_to IS NULL OR version_to > ${version})`;
}

function matching({ actor, kind, script, validAt, file }: LabelFilter): RawBuilder<boolean> {
  const conditions: RawBuilder<boolean>[] = [sql`true`];
  const ofEntity = (which: RawBuilder<boolean>): RawBuilder<boolean> =>
    sql`entity_id IN (SELECT id FROM label_entities WHERE ${which})`;
  if (actor !== undefined) conditions.push(ofEntity(sql`actor_key = ${keyOfActor(actor)}`));
  if (kind !== undefined) conditions.push(ofEntity(sql`kind = ${kind}`));
  if (script !== undefined) conditions.push(sql`NOT is_tag AND target = ${Buffer.from(script)}`);
  if (validAt !== undefined) conditions.push(sql`${validAt}::date BETWEEN valid_from AND valid_until`);
  if (file !== undefined) conditions.push(sql`file = ${file}`);
  return sql.join(conditions, sql` AND `);
}
