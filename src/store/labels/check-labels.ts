import { sql } from "kysely";
import type { LabelKind } from "#labels";
import type { Database } from "../database/schema.ts";
import { kindOfColumn } from "./label-rows.ts";
import { validIn } from "./stream-labels.ts";

/** A script or tag that is claimed for several entities, with every file that claims it. */
export type LabelConflict = {
  readonly address: string | null;
  readonly script: Uint8Array | null;
  readonly tag: string | null;
  readonly claims: readonly {
    readonly actor: string;
    /** The actor as the file spells it. */
    readonly spelling: string;
    readonly kind: LabelKind;
    readonly file: string;
  }[];
};

type ConflictRow = {
  target: Buffer;
  is_tag: boolean;
  address: string | null;
  claims: readonly { actor: string; spelling: string; kind: string; file: string }[];
};

export async function listLabelConflicts(db: Database, version: number): Promise<readonly LabelConflict[]> {
  const { rows } = await sql<ConflictRow>`
    SELECT target, is_tag, max(address) AS address,
      jsonb_agg(DISTINCT jsonb_build_object('actor', actor, 'spelling', spelling, 'kind', kind, 'file', file)) AS claims
    FROM labels JOIN label_owners USING (entity_id)
    WHERE ${validIn(version)}
    GROUP BY target, is_tag HAVING count(DISTINCT owner_id) > 1
    ORDER BY is_tag, target`.execute(db);
  return rows.map(({ target, is_tag, address, claims }) => ({
    address,
    script: is_tag ? null : new Uint8Array(target),
    tag: is_tag ? target.toString("utf8") : null,
    claims: claims.map((claim) => ({ ...claim, kind: kindOfColumn(claim.kind) })),
  }));
}

export type ActorOfManyKinds = {
  readonly actor: string;
  readonly kinds: readonly { readonly kind: LabelKind; readonly labels: number }[];
};

/** Actors that are several entities, as an exchange and its pool; each is kept apart. */
export async function listActorsOfManyKinds(db: Database, version: number): Promise<readonly ActorOfManyKinds[]> {
  const { rows } = await sql<{ actor: string; kinds: readonly { kind: string; labels: number }[] }>`
    SELECT actor, jsonb_agg(jsonb_build_object('kind', kind, 'labels', labels) ORDER BY kind) AS kinds
    FROM (
      SELECT actor, kind, count(DISTINCT (target, is_tag)) AS labels
      FROM labels JOIN label_owners USING (entity_id)
      WHERE ${validIn(version)} GROUP BY actor, kind) AS entities
    GROUP BY actor HAVING count(*) > 1 ORDER BY actor`.execute(db);
  return rows.map(({ actor, kinds }) => ({
    actor,
    kinds: kinds.map(({ kind, labels }) => ({ kind: kindOfColumn(kind), labels })),
  }));
}

export type ActorOfManySpellings = {
  /** What it goes by. */
  readonly actor: string;
  readonly spellings: readonly string[];
};

/** Actors that files spell in several ways; each is one. */
export async function listActorsOfManySpellings(
  db: Database,
  version: number,
): Promise<readonly ActorOfManySpellings[]> {
  const { rows } = await sql<ActorOfManySpellings>`
    SELECT min(actor) AS actor, array_agg(DISTINCT spelling) AS spellings
    FROM labels JOIN label_owners USING (entity_id)
    WHERE ${validIn(version)} GROUP BY actor_key HAVING count(DISTINCT spelling) > 1 ORDER BY actor_key`.execute(db);
  return rows;
}

export type OddName = {
  readonly actor: string;
  readonly label: string;
  readonly labels: number;
  readonly file: string;
};

/**
 * Labels whose text does not sound like their actor: neither begins with what the other has in it. Reports of thefts
 * and sanctions name what happened, so they are left out. A hint for a person, no more.
 */
export async function listOddNames(db: Database, version: number): Promise<readonly OddName[]> {
  const { rows } = await sql<OddName>`
    WITH named AS (
      SELECT actor, label, file, regexp_replace(lower(actor), '[^a-z0-9]', '', 'g') AS actor_word,
        regexp_replace(lower(label), '[^a-z0-9]', '', 'g') AS label_word
      FROM labels JOIN label_entities ON label_entities.id = entity_id
      WHERE ${validIn(version)} AND kind NOT IN ('theft', 'sanctioned', 'person'))
    SELECT actor, label, count(*) AS labels, min(file) AS file FROM named
    WHERE actor_word <> '' AND label_word <> ''
      AND position(left(actor_word, 5) IN label_word) = 0 AND position(left(label_word, 5) IN actor_word) = 0
    GROUP BY actor, label ORDER BY actor, label`.execute(db);
  return rows;
}

/** Entities that are named by a label text, which may be no name at all. */
export async function listNamesByLabel(db: Database, version: number): Promise<readonly string[]> {
  const { rows } = await sql<{ actor: string }>`
    SELECT DISTINCT actor FROM labels JOIN label_entities ON label_entities.id = entity_id
    WHERE ${validIn(version)} AND actor = label ORDER BY actor`.execute(db);
  return rows.map(({ actor }) => actor);
}
