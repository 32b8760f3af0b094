import { sql, type Transaction } from "kysely";
import type { Tables } from "../database/schema.ts";

/** Labels by what an import does to them. */
export type Change = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
};

/**
 * Puts beside each other what the staged files say (one row for a script,
 * entity, category and beginning, the newest) and what is
 * known from files of their names, into `label_changes`: `change` is null where both are the same.
 */
export async function compareLabels(
  trx: Transaction<Tables>,
  files: readonly string[],
): Promise<Change & { readonly incoming: number }> {
  await sql`
    INSERT INTO label_entities (actor, kind)
    SELECT actor, kind FROM staged_labels GROUP BY actor, kind ORDER BY min(ordinal)
    ON CONFLICT DO NOTHING`.execute(trx);
  await sql`
    CREATE TEMPORARY TABLE label_changes ON COMMIT DROP AS
    WITH incoming AS (
      SELECT DISTINCT ON (file, target, is_tag, entity_id, category, valid_from)
        staged_labels.*, label_entities.id AS entity_id
      FROM staged_labels JOIN label_entities USING (actor, kind)
      ORDER BY file, target, is_tag, entity_id, category, valid_from, edited DESC NULLS LAST,
        source, label, ordinal),
    held AS (SELECT * FROM labels WHERE version_to IS NULL AND file = ANY(${files}::text[]))
    SELECT incoming.*, held.id AS held_id,
      CASE
        WHEN held.id IS NULL THEN 'added'
        WHEN incoming.target IS NULL THEN 'removed'
        WHEN (incoming.address, incoming.label, incoming.source, incoming.abuse, incoming.confidence, incoming.edited,
            incoming.valid_until)
          IS DISTINCT FROM (held.address, held.label, held.source, held.abuse, held.confidence, held.edited,
            held.valid_until)
          THEN 'changed'
      END AS change
    FROM incoming FULL JOIN held USING (file, target, is_tag, entity_id, category, valid_from)`.execute(trx);
  return countChanges(trx);
}

async function countChanges(trx: Transaction<Tables>): Promise<Change & { readonly incoming: number }> {
  const { rows } = await sql<Change & { incoming: number }>`
    SELECT count(*) FILTER (WHERE change = 'added') AS added, count(*) FILTER (WHERE change = 'changed') AS changed,
      count(*) FILTER (WHERE change IS NULL) AS unchanged, count(*) FILTER (WHERE change = 'removed') AS removed,
      count(ordinal) AS incoming
    FROM label_changes`.execute(trx);
  const [counts] = rows;
  return counts ?? { added: 0, changed: 0, unchanged: 0, removed: 0, incoming: 0 };
}
