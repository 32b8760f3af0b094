import type { Insertable } from "kysely";
import type { BlockHash } from "#bitcoin";
import type { BlockFlows, Transfer } from "#features";
import { byteaOf } from "../../database/hash-column.ts";
import type { Tables } from "../../database/schema.ts";

/** What a block says by the labels of one version. */
export type LabelledBlock = {
  readonly header: { readonly hash: BlockHash };
  readonly flows: BlockFlows;
  readonly transfers: readonly Transfer[];
};

export function blockFlowsRow({ header, flows }: LabelledBlock): Insertable<Tables["block_flows"]> {
  return {
    blockhash: byteaOf(header.hash),
    label_version: flows.labelVersion,
    label_coverage: flows.labelCoverage,
    payout_actor: flows.payoutEntity?.actor ?? null,
    payout_kind: flows.payoutEntity?.kind ?? null,
    exchange_inflow: sumOf(flows, "inflow"),
    exchange_outflow: sumOf(flows, "outflow"),
  };
}

function sumOf({ entities }: BlockFlows, side: "inflow" | "outflow"): number {
  return entities.reduce((sum, flow) => sum + (flow.entity.kind === "exchange" ? flow[side] : 0), 0);
}

export function entityFlowRows({ header, flows }: LabelledBlock): Insertable<Tables["entity_flows"]>[] {
  return flows.entities.map((flow) => ({
    blockhash: byteaOf(header.hash),
    label_version: flows.labelVersion,
    actor: flow.entity.actor,
    kind: flow.entity.kind,
    inflow: flow.inflow,
    outflow: flow.outflow,
    in_house: flow.inHouse,
    inter_entity_in: flow.interEntityIn,
    inter_entity_out: flow.interEntityOut,
    mined: flow.mined,
    deposits: flow.deposits,
    withdrawals: flow.withdrawals,
    in_house_transactions: flow.inHouseTransactions,
    certainty: flow.certainty ?? null,
  }));
}

export function transferPartyRows(block: LabelledBlock): Insertable<Tables["transfer_parties"]>[] {
  const { header, flows, transfers } = block;
  return transfers
    .filter(({ from, to, kind }) => from !== null || to !== null || kind !== null)
    .map((transfer) => ({
      blockhash: byteaOf(header.hash),
      tx_index: transfer.txIndex,
      label_version: flows.labelVersion,
      from_actor: transfer.from?.actor ?? null,
      from_kind: transfer.from?.kind ?? null,
      to_actor: transfer.to?.actor ?? null,
      to_kind: transfer.to?.kind ?? null,
      kind: transfer.kind,
    }));
}
