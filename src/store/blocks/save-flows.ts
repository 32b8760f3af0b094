import type { Transaction } from "kysely";
import { insertRows } from "../database/insert-rows.ts";
import type { Tables } from "../database/schema.ts";
import { blockFlowsRow, entityFlowRows, type LabelledBlock, transferPartyRows } from "./flow-rows.ts";

/** What stored blocks say by the labels of one version, in the transaction that the caller has begun. */
export async function insertFlows(trx: Transaction<Tables>, blocks: readonly LabelledBlock[]): Promise<void> {
  await insertRows(trx, "block_flows", blocks.map(blockFlowsRow));
  await insertRows(trx, "entity_flows", blocks.flatMap(entityFlowRows));
  await insertRows(trx, "transfer_parties", blocks.flatMap(transferPartyRows));
}
