import { sql, type Selectable } from "kysely";
import type { BlockHash } from "#bitcoin";
import type { EntityFlow } from "#features";
import { entityFlowOfRow } from "../blocks/flows/list-flows.ts";
import { bytesOf } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";
import { knownBy } from "./known-by.ts";

export type FlowsOfBlock = { readonly labelCoverage: number | null; readonly flows: readonly EntityFlow[] };

/**
 * Who received and spent what in a block, those that moved most first: by its newest labels, or by the newest up to a
 * version of them.
 */
export async function findBlockFlows(db: Database, hash: BlockHash, labelVersion?: number): Promise<FlowsOfBlock> {
  const { rows } = await sql<FlowRow>`
    SELECT told.label_coverage, flow.* FROM (
      SELECT * FROM block_flows WHERE blockhash = ${bytesOf(hash)} AND ${knownBy(labelVersion)} ORDER BY label_version DESC LIMIT 1) AS told
    LEFT JOIN entity_flows AS flow ON flow.blockhash = told.blockhash AND flow.label_version = told.label_version
    ORDER BY flow.inflow + flow.outflow DESC, flow.actor`.execute(db);
  return {
    labelCoverage: rows[0]?.label_coverage ?? null,
    flows: rows.flatMap((row) => (row.actor === null ? [] : [entityFlowOfRow(row)])),
  };
}

/** Without an actor: the block has a row of flows, and no entity took part. */
type FlowRow = { readonly label_coverage: number | null } & (
  | Selectable<Tables["entity_flows"]>
  | { readonly actor: null }
);

/** What stood out in a block. */
export async function countSignals(db: Database, hash: BlockHash): Promise<number> {
  const { count } = await db
    .selectFrom("signals")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("blockhash", "=", bytesOf(hash))
    .executeTakeFirstOrThrow();
  return count;
}
