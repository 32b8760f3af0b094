import { type Selectable, sql } from "kysely";
import type { BlockFeatures, BlockFlows, EntityFlow } from "#features";
import type { BlockRow } from "#signals";
import type { Database, Tables } from "../database/schema.ts";
import { entityOfColumns } from "./flows/entity-columns.ts";
import { featuresOfRow } from "./block-rows.ts";
import { entityFlowOfRow } from "./flows/list-flows.ts";
import { listTransfers, type StoredTransfer } from "./flows/list-transfers.ts";

/** The newest connected blocks as detectors see them, up to a height, by their newest labels; ascending by height. */
export async function listRecentRows(db: Database, limit: number, toHeight?: number): Promise<readonly BlockRow[]> {
  return rowsOf(db, await listRecentFeatures(db, limit, toHeight), { connected: true });
}

/**
 * Rows of blocks, ascending by height, of which these are the features.
 * @param labelVersion each by the newest labels up to this version that it was read with
 */
export async function rowsOf(
  db: Database,
  features: readonly BlockFeatures[],
  { connected, labelVersion }: { readonly connected: boolean; readonly labelVersion?: number },
): Promise<readonly BlockRow[]> {
  const [first, last] = [features[0], features.at(-1)];
  if (first === undefined || last === undefined) return [];
  const range = { fromHeight: first.height, toHeight: last.height };
  const transfers = groupByBlock(await listTransfers(db, { ...range, watched: false, labelVersion, connected }));
  const flows = await listBlockFlows(db, { ...range, connected, labelVersion: labelVersion ?? null });
  return features.map((block) => ({
    features: block,
    transfers: transfers.get(block.blockhash) ?? [],
    flows: flows.get(block.blockhash) ?? { labelVersion: 0, labelCoverage: null, payoutEntity: null, entities: [] },
  }));
}

/** Features of the newest connected blocks, up to a height, ascending by height. */
export async function listRecentFeatures(
  db: Database,
  limit: number,
  toHeight?: number,
): Promise<readonly BlockFeatures[]> {
  const rows = await db
    .selectFrom("block_headers")
    .innerJoin("block_features", "block_features.blockhash", "block_headers.hash")
    .selectAll("block_features")
    .where("block_headers.connected", "=", true)
    .$if(toHeight !== undefined, (builder) => builder.where("block_headers.height", "<=", toHeight ?? 0))
    .orderBy("block_headers.height", "desc")
    .limit(limit)
    .execute();
  return rows.map(featuresOfRow).reverse();
}

function groupByBlock(transfers: readonly StoredTransfer[]): ReadonlyMap<string, StoredTransfer[]> {
  return Map.groupBy(transfers, ({ blockHash }) => blockHash);
}

type FlowsRow = Selectable<Tables["block_flows"]> & {
  readonly flows: readonly Omit<Selectable<Tables["entity_flows"]>, "blockhash" | "label_version">[];
};

type FlowsRange = {
  readonly fromHeight: number;
  readonly toHeight: number;
  readonly connected: boolean;
  readonly labelVersion: number | null;
};

async function listBlockFlows(
  db: Database,
  { fromHeight, toHeight, connected, labelVersion }: FlowsRange,
): Promise<ReadonlyMap<string, BlockFlows>> {
  const { rows } = await sql<FlowsRow>`
    SELECT DISTINCT ON (block.blockhash) block.*, (
      SELECT coalesce(jsonb_agg(flow ORDER BY flow.actor, flow.kind), '[]') FROM entity_flows AS flow
      WHERE flow.blockhash = block.blockhash AND flow.label_version = block.label_version
    ) AS flows
    FROM block_headers AS header JOIN block_flows AS block ON block.blockhash = header.hash
    WHERE header.connected = ${connected} AND header.height BETWEEN ${fromHeight} AND ${toHeight}
      AND (${labelVersion}::integer IS NULL OR block.label_version <= ${labelVersion})
    ORDER BY block.blockhash, block.label_version DESC`.execute(db);
  return new Map(
    rows.map((row) => [
      row.blockhash.toString("hex"),
      {
        labelVersion: row.label_version,
        labelCoverage: row.label_coverage,
        payoutEntity: entityOfColumns(row.payout_actor, row.payout_kind),
        entities: row.flows.map((flow): EntityFlow => entityFlowOfRow(flow)),
      },
    ]),
  );
}
