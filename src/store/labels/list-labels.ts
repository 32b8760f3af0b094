import { type RawBuilder, type SqlBool, sql } from "kysely";
import { keyOfActor, type LabelKind } from "#labels";
import type { Database } from "../database/schema.ts";
import { LABEL_COLUMNS, type LabelRow, labelOfRow, type StoredLabel } from "./label-rows.ts";
import { validIn } from "./stream-labels.ts";

/** A place among labels: what comes after it in a list is of a later entity, or later of the same. */
export type LabelPlace = { readonly entity: number; readonly id: number };

export type LabelQuery = {
  readonly limit: number;
  readonly after?: LabelPlace | undefined;
  /** As this version of the labels has it. */
  readonly version: number;
  /** In any spelling. */
  readonly actor?: string | undefined;
  /** Part of an actor's name, in any spelling. */
  readonly text?: string | undefined;
  readonly kinds?: readonly LabelKind[] | undefined;
  readonly script?: Uint8Array | undefined;
};

export type ListedLabel = StoredLabel & { readonly entityId: number };

/** Labels of one version, entity by entity. */
export async function listLabels(db: Database, query: LabelQuery): Promise<readonly ListedLabel[]> {
  const { limit, version, after = { entity: 0, id: 0 }, script } = query;
  const { rows } = await sql<LabelRow & { readonly entity_id: number }>`
    SELECT label.id, owner.id AS entity_id, owner.actor AS spelling, owner.kind, ${LABEL_COLUMNS},
      (SELECT first.actor FROM label_entities AS first WHERE first.actor_key = owner.actor_key ORDER BY id LIMIT 1) AS actor
    FROM label_entities AS owner
    -- One after the other, as far as the page goes: the labels of all of a kind may be nearly all that there are.
    CROSS JOIN LATERAL (
      SELECT * FROM labels
      WHERE entity_id = owner.id AND ${validIn(version)} AND (owner.id > ${after.entity} OR labels.id > ${after.id})
        AND ${script === undefined ? sql`true` : sql`NOT is_tag AND target = ${Buffer.from(script)}`}
      ORDER BY labels.id LIMIT ${limit}
    ) AS label
    JOIN label_versions ON label_versions.version = version_from
    WHERE owner.id >= ${after.entity} AND ${ownedBy(query)}
    ORDER BY owner.id, label.id LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ ...labelOfRow(row), entityId: row.entity_id }));
}

function ownedBy({ actor, text, kinds, script }: LabelQuery): RawBuilder<SqlBool> {
  const conditions = [sql<SqlBool>`true`];
  if (actor !== undefined) conditions.push(sql`owner.actor_key = ${keyOfActor(actor)}`);
  if (text !== undefined) conditions.push(sql`strpos(owner.actor_key, ${keyOfActor(text)}) > 0`);
  if (kinds !== undefined) conditions.push(sql`owner.kind = ANY (${kinds}::text[])`);
  if (script !== undefined)
    conditions.push(
      sql`owner.id IN (SELECT entity_id FROM labels WHERE target = ${Buffer.from(script)} AND NOT is_tag)`,
    );
  return sql.join(conditions, sql` AND `) as RawBuilder<SqlBool>;
}
