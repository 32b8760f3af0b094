import { sql } from "kysely";
import type { LabelToCompile } from "#labels";
import type { Database } from "../database/schema.ts";
import { kindOfColumn } from "./label-rows.ts";
import { validIn } from "./stream-labels.ts";

/** Ids that are looked at in one query, which keeps the program busy for some hundredths of a second. */
const PAGE = 20_000;

/**
 * Of all labels of a version what decides whose a script or a tag is, in any order, under the names that actors go by: a page
 * at a time, and several times as fast as whole labels. A page is to be read before the next is asked for.
 */
export async function* streamLabelClaims(db: Database, version: number): AsyncGenerator<Iterable<LabelToCompile>> {
  const owners = await listOwners(db);
  const { rows } = await sql<{ last: number }>`SELECT coalesce(max(id), 0) AS last FROM labels`.execute(db);
  const last = rows[0]?.last ?? 0;
  for (let after = 0; after < last; after += PAGE) {
    const page = await sql<PackedClaims>`
      SELECT is_tag, confidence, edited::text AS edited,
        string_agg(int4send(entity_id) || int4send(length(target)) || target, '') AS targets
      FROM labels WHERE id > ${after} AND id <= ${after + PAGE} AND ${validIn(version)}
      GROUP BY is_tag, confidence, edited`.execute(db);
    yield unpackAll(page.rows, owners);
  }
}

/** `targets`: of each label the id of its entity, the length of its script or tag, and this. A row for each would cost more. */
type PackedClaims = {
  readonly is_tag: boolean;
  readonly confidence: string;
  readonly edited: string | null;
  readonly targets: Buffer;
};

type Owners = ReadonlyMap<number, Pick<LabelToCompile, "actor" | "kind">>;

async function listOwners(db: Database): Promise<Owners> {
  const { rows } = await sql<{ entity_id: number; actor: string; kind: string }>`
    SELECT entity_id, actor, kind FROM label_owners`.execute(db);
  return new Map(rows.map(({ entity_id, actor, kind }) => [entity_id, { actor, kind: kindOfColumn(kind) }]));
}

function* unpackAll(rows: readonly PackedClaims[], owners: Owners): Generator<LabelToCompile> {
  for (const row of rows) yield* unpack(row, owners);
}

function* unpack({ is_tag, confidence, edited, targets }: PackedClaims, owners: Owners): Generator<LabelToCompile> {
  let end = 0;
  while (end < targets.length) {
    const owner = owners.get(targets.readUInt32BE(end));
    const start = end + 8;
    end = start + targets.readUInt32BE(end + 4);
    const target = targets.subarray(start, end);
    // Labels and their entities come in one transaction, so an owner that came after the list was made is of a later version.
    if (owner === undefined) continue;
    const script = is_tag ? null : target;
    const tag = is_tag ? target.toString("utf8") : null;
    yield { script, tag, actor: owner.actor, kind: owner.kind, confidence: confidence || null, edited };
  }
}
