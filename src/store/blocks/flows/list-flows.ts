import { type Selectable, sql } from "kysely";
import type { BlockHash } from "#bitcoin";
import type { EntityFlow, EntityKind } from "#features";
import { keyOfActor } from "#labels";
import { blockHashOfColumn } from "../../database/hash-column.ts";
import type { Database, Tables } from "../../database/schema.ts";
import { IS_OF_CHAIN } from "../of-chain.ts";

/** What an entity received and spent in one block. */
export type StoredFlow = EntityFlow & {
  readonly height: number;
  readonly blockHash: BlockHash;
  /** Header time, unix seconds. */
  readonly time: number;
  readonly labelVersion: number;
  readonly labelCoverage: number | null;
};

export type FlowQuery = {
  /** In any spelling that labels have. */
  readonly actor: string;
  /** All kinds of that actor where absent. */
  readonly kind?: EntityKind;
  readonly fromHeight: number;
  readonly toHeight: number;
  /** As of this version of the labels: of each block by the newest up to it that it was read with. */
  readonly labelVersion?: number;
};

/** Flows of an actor in the blocks of the chain or the set, ascending by height. Blocks in which it took no part have no row. */
export async function listFlows(db: Database, query: FlowQuery): Promise<readonly StoredFlow[]> {
  const { actor, kind = null, fromHeight, toHeight, labelVersion = null } = query;
  const actors = await findSpellings(db, actor);
  // Block by block (OFFSET 0): an actor that takes part in most blocks has more rows than any window has blocks.
  const { rows } = await sql<FlowRow>`
    SELECT header.height, header.hash, header.time, flow.*, block.label_coverage
    FROM block_headers AS header
    CROSS JOIN LATERAL (
      SELECT label_version, label_coverage FROM block_flows
      WHERE blockhash = header.hash AND (${labelVersion}::integer IS NULL OR label_version <= ${labelVersion})
      ORDER BY label_version DESC LIMIT 1
    ) AS block
    CROSS JOIN LATERAL (
      SELECT * FROM entity_flows
      WHERE blockhash = header.hash AND label_version = block.label_version AND actor = ANY (${actors}::text[])
        AND (${kind}::text IS NULL OR kind = ${kind})
      OFFSET 0
    ) AS flow
    WHERE ${IS_OF_CHAIN} AND header.height BETWEEN ${fromHeight} AND ${toHeight}
    ORDER BY header.height, flow.kind`.execute(db);
  return rows.map(flowOfRow);
}

/** The actor's name, and those that labels have for the same. */
async function findSpellings(db: Database, actor: string): Promise<readonly string[]> {
  const { rows } = await sql<{ actor: string }>`
    SELECT ${actor} AS actor UNION SELECT actor FROM label_entities WHERE actor_key = ${keyOfActor(actor)}`.execute(db);
  return rows.map((row) => row.actor);
}

type FlowRow = Selectable<Tables["entity_flows"]> &
  Pick<Selectable<Tables["block_headers"]>, "height" | "hash" | "time"> &
  Pick<Selectable<Tables["block_flows"]>, "label_coverage">;

function flowOfRow(row: FlowRow): StoredFlow {
  return {
    height: row.height,
    blockHash: blockHashOfColumn(row.hash),
    time: row.time,
    labelVersion: row.label_version,
    labelCoverage: row.label_coverage,
    ...entityFlowOfRow(row),
  };
}

/** What an entity received and spent, without the block that it was in. */
export function entityFlowOfRow(
  row: Omit<Selectable<Tables["entity_flows"]>, "blockhash" | "label_version">,
): EntityFlow {
  return {
    entity: { actor: row.actor, kind: row.kind },
    inflow: row.inflow,
    outflow: row.outflow,
    inHouse: row.in_house,
    interEntityIn: row.inter_entity_in,
    interEntityOut: row.inter_entity_out,
    mined: row.mined,
    deposits: row.deposits,
    withdrawals: row.withdrawals,
    inHouseTransactions: row.in_house_transactions,
    ...(row.certainty === null ? {} : { certainty: row.certainty }),
  };
}
