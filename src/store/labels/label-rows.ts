import { type RawBuilder, sql } from "kysely";
import { isLabelKind, type Label, type LabelKind } from "#labels";

/** A label as it is kept, with since when it is known and which versions of the labels had it. */
export type StoredLabel = Label & {
  readonly id: number;
  /** What the actor goes by: its spelling in the label that came first. */
  readonly name: string;
  readonly knownSince: Date;
  readonly versionFrom: number;
  /** The first version without it; null while it is valid. */
  readonly versionTo: number | null;
};

export type LabelRow = {
  id: number;
  target: Buffer;
  is_tag: boolean;
  address: string | null;
  spelling: string;
  actor: string;
  kind: string;
  category: string;
  label: string;
  source: string;
  abuse: string;
  confidence: string;
  edited: string | null;
  valid_from: string | null;
  valid_until: string | null;
  file: string;
  version_from: number;
  version_to: number | null;
  known_since: Date;
};

/** What is read of a row of `labels` beside whose it is, with the version from which on it holds. */
export const LABEL_COLUMNS = sql`target, is_tag, address, category, label, source, abuse, confidence,
  edited::text AS edited, nullif(valid_from, '-infinity')::text AS valid_from,
  nullif(valid_until, 'infinity')::text AS valid_until, file, version_from, version_to, label_versions.at AS known_since`;

/** What every reader of whole labels selects, of rows of `labels` that were chosen before. */
export function selectLabels(chosen: RawBuilder<unknown>): RawBuilder<LabelRow> {
  return sql`
    SELECT page.id, spelling, actor, kind, ${LABEL_COLUMNS}
    FROM (${chosen}) AS page
    JOIN label_owners USING (entity_id)
    JOIN label_versions ON label_versions.version = version_from
    ORDER BY page.id`;
}

export function labelOfRow(row: LabelRow): StoredLabel {
  return {
    id: row.id,
    script: row.is_tag ? null : new Uint8Array(row.target),
    tag: row.is_tag ? row.target.toString("utf8") : null,
    address: row.address,
    actor: row.spelling,
    name: row.actor,
    kind: kindOfColumn(row.kind),
    category: row.category || null,
    label: row.label || null,
    source: row.source || null,
    abuse: row.abuse || null,
    confidence: row.confidence || null,
    edited: row.edited,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    file: row.file,
    knownSince: row.known_since,
    versionFrom: row.version_from,
    versionTo: row.version_to,
  };
}

/** A newer program may have had kinds that this one does not know. */
export function kindOfColumn(text: string): LabelKind {
  return isLabelKind(text) ? text : "other";
}
