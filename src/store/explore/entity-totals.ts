import { type RawBuilder, sql } from "kysely";
import type { EntityKind } from "#features";
import { keyOfActor } from "#labels";
import type { Database } from "../database/schema.ts";
import { IS_OF_CHAIN } from "../blocks/of-chain.ts";
import { knownBy } from "./known-by.ts";
import { type Span, wasReadAnew } from "./read-series.ts";

/** What an entity received and spent, in-house apart, satoshis; sums may exceed what one amount can be. */
export type EntityTotals = {
  readonly actor: string;
  readonly kind: EntityKind;
  readonly inflow: number;
  readonly outflow: number;
  readonly mined: number;
  readonly deposits: number;
  readonly withdrawals: number;
};

const TOTALS = sql`sum(inflow)::double precision AS inflow, sum(outflow)::double precision AS outflow,
  sum(mined)::double precision AS mined,
  sum(deposits)::integer AS deposits, sum(withdrawals)::integer AS withdrawals`;

/** Every entity that took part in blocks of the days in the span, those that moved most first. */
export async function listEntityTotals(db: Database, { from, to }: Span): Promise<readonly EntityTotals[]> {
  const { rows } = await sql<EntityTotals>`
    SELECT actor, kind, ${TOTALS} FROM entity_rollups
    WHERE resolution = 'day' AND start >= ${from} AND start < ${to}
    GROUP BY actor, kind ORDER BY sum(inflow) + sum(outflow) DESC, actor, kind`.execute(db);
  return rows;
}

/** Of each block the newest version of the labels, up to one, that it was read with. */
function toldBy(labelVersion: number): RawBuilder<unknown> {
  return sql`CROSS JOIN LATERAL (
      SELECT label_version FROM block_flows
      WHERE blockhash = header.hash AND ${knownBy(labelVersion)}
      ORDER BY label_version DESC LIMIT 1
    ) AS told`;
}

/** The same as of a version of the labels: of each block by the newest up to it that it was read with. */
export async function listEntityTotalsAsOf(
  db: Database,
  query: Span & { readonly labelVersion: number },
): Promise<readonly EntityTotals[]> {
  const { from, to, labelVersion } = query;
  if (!(await wasReadAnew(db, query))) return listEntityTotals(db, query);
  const { rows } = await sql<EntityTotals>`
    SELECT actor, kind, ${TOTALS}
    FROM block_headers AS header
    ${toldBy(labelVersion)}
    CROSS JOIN LATERAL (
      SELECT * FROM entity_flows WHERE blockhash = header.hash AND label_version = told.label_version OFFSET 0
    ) AS flow
    WHERE header.connected AND header.time >= ${from} AND header.time < ${to}
    GROUP BY actor, kind ORDER BY sum(inflow) + sum(outflow) DESC, actor, kind`.execute(db);
  return rows;
}

export type EntityQuery = Span & {
  /** In any spelling that labels have. */
  readonly actor: string;
  readonly resolution: "hour" | "day";
  readonly limit: number;
};

export type EntityPoint = Omit<EntityTotals, "actor" | "kind"> & {
  /** Unix seconds at which the hour or day begins. */
  readonly time: number;
};

/** An actor's flows by hours or days, all of its kinds together, ascending; none where it took part in no block. */
export async function readEntitySeries(db: Database, query: EntityQuery): Promise<readonly EntityPoint[]> {
  const { actor, from, to, resolution, limit } = query;
  const { rows } = await sql<EntityPoint>`
    SELECT start AS time, ${TOTALS} FROM entity_rollups
    WHERE actor IN (SELECT ${actor} UNION SELECT actor FROM label_entities WHERE actor_key = ${keyOfActor(actor)})
      AND resolution = ${resolution} AND start >= ${from} AND start < ${to}
    GROUP BY start ORDER BY start LIMIT ${limit}`.execute(db);
  return rows;
}

/** The same as of a version of the labels: of each block by the newest up to it that it was read with. */
export async function readEntitySeriesAsOf(
  db: Database,
  query: EntityQuery & { readonly labelVersion: number },
): Promise<readonly EntityPoint[]> {
  const { actor, from, to, resolution, limit, labelVersion } = query;
  if (!(await wasReadAnew(db, query))) return readEntitySeries(db, query);
  const seconds = resolution === "hour" ? 3_600 : 86_400;
  const { rows } = await sql<EntityPoint>`
    SELECT header.time / ${seconds}::integer * ${seconds}::integer AS time, ${TOTALS}
    FROM block_headers AS header
    ${toldBy(labelVersion)}
    CROSS JOIN LATERAL (
      -- Block by block: all that an actor ever moved is much more than what moved in some blocks.
      SELECT * FROM entity_flows AS flow
      WHERE flow.blockhash = header.hash AND flow.label_version = told.label_version
        AND flow.actor = ANY (ARRAY(
          SELECT ${actor} UNION SELECT actor FROM label_entities WHERE actor_key = ${keyOfActor(actor)}))
      OFFSET 0
    ) AS flow
    WHERE ${IS_OF_CHAIN} AND header.time >= ${from} AND header.time < ${to}
    GROUP BY 1 ORDER BY 1 LIMIT ${limit}`.execute(db);
  return rows;
}

/** What labels know of an actor: its kinds, and how many scripts are known to be its. */
export async function listKindsOf(
  db: Database,
  actor: string,
): Promise<readonly { readonly actor: string; readonly kind: EntityKind; readonly labels: number }[]> {
  const { rows } = await sql<{ actor: string; kind: EntityKind; labels: number }>`
    SELECT owner.actor, owner.kind, (SELECT count(*) FROM labels
      WHERE entity_id = owner.entity_id AND version_to IS NULL)::integer AS labels
    FROM label_owners AS owner WHERE owner.actor_key = ${keyOfActor(actor)} ORDER BY owner.kind`.execute(db);
  return rows;
}
