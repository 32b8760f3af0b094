import { sql, type Transaction } from "kysely";
import type { Label } from "#labels";
import { LABELS_LOCK, LOCK_SPACE } from "../database/advisory-locks.ts";
import type { Database, Tables } from "../database/schema.ts";
import { type Change, compareLabels } from "./compare-labels.ts";
import { stageLabels } from "./stage-labels.ts";
import { validIn } from "./stream-labels.ts";

export type LabelImport = {
  /** Names of the files; what was known from files of these names and is not in `labels` is ended. */
  readonly files: readonly string[];
  readonly labels: AsyncIterable<Label>;
  readonly onStaged?: (labels: number) => void;
};

export type LabelImportResult = {
  /** The version that the labels have now; a new one only where something changed. */
  readonly version: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Labels that say of a script what another of their file has said of it. */
  readonly repeated: number;
  /** Of the imported scripts and tags, those that are claimed for several entities now. */
  readonly conflicts: number;
};

/** All in one transaction: what fails on the way, the reading of a file as well, leaves labels and version as they were. */
export async function importLabels(db: Database, { files, labels, onStaged }: LabelImport): Promise<LabelImportResult> {
  return db.transaction().execute(async (trx) => {
    // A million labels take longer than a statement of the API may, and are sorted and compared.
    await sql`SET LOCAL statement_timeout = 0`.execute(trx);
    await sql`SET LOCAL work_mem = '64MB'`.execute(trx);
    await sql`SELECT pg_advisory_xact_lock(${LOCK_SPACE}::integer, ${LABELS_LOCK}::integer)`.execute(trx);
    const staged = await stageLabels(trx, labels, onStaged ?? (() => undefined));
    const { incoming, ...change } = await compareLabels(trx, files);
    const newest = await findNewest(trx);
    const isNew = change.added + change.changed + change.removed > 0;
    const version = isNew ? newest + 1 : newest;
    if (isNew) await write(trx, { ...change, version, files });
    return { ...change, version, repeated: staged - incoming, conflicts: await countConflicts(trx, version) };
  });
}

async function findNewest(trx: Transaction<Tables>): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    SELECT coalesce(max(version), 0) AS version FROM label_versions`.execute(trx);
  return rows[0]?.version ?? 0;
}

type NewVersion = Change & { readonly version: number; readonly files: readonly string[] };

async function write(trx: Transaction<Tables>, { version, files, added, changed, removed }: NewVersion): Promise<void> {
  await sql`
    INSERT INTO label_versions (version, files, added, changed, removed)
    VALUES (${version}, ${files}, ${added}, ${changed}, ${removed})`.execute(trx);
  await sql`
    UPDATE labels SET version_to = ${version}
    FROM label_changes WHERE labels.id = held_id AND change IN ('removed', 'changed')`.execute(trx);
  await sql`
    INSERT INTO labels (target, is_tag, address, entity_id, category, label, source, abuse, confidence, edited,
      valid_from, valid_until, file, version_from)
    SELECT target, is_tag, address, entity_id, category, label, source, abuse, confidence, edited, valid_from, valid_until,
      file, ${version}::integer
    FROM label_changes WHERE change IN ('added', 'changed') ORDER BY ordinal`.execute(trx);
}

async function countConflicts(trx: Transaction<Tables>, version: number): Promise<number> {
  const { rows } = await sql<{ conflicts: number }>`
    SELECT count(*) AS conflicts FROM (
      SELECT 1 FROM labels JOIN label_owners USING (entity_id) JOIN (SELECT DISTINCT target, is_tag FROM staged_labels) AS staged USING (target, is_tag)
      WHERE ${validIn(version)}
      GROUP BY target, is_tag HAVING count(DISTINCT owner_id) > 1) AS claimed`.execute(trx);
  return rows[0]?.conflicts ?? 0;
}
