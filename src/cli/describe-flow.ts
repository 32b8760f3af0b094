import { COIN } from "#bitcoin";
import type { BlockFlows, EntityFlow } from "#features";
import type { StoredFlow } from "#store";

/** A flow as JSON, under the names of docs/reference/features.md. */
function jsonOfFlow(flow: EntityFlow) {
  const { entity } = flow;
  return {
    actor: entity.actor,
    kind: entity.kind,
    inflow: flow.inflow,
    outflow: flow.outflow,
    in_house: flow.inHouse,
    inter_entity_in: flow.interEntityIn,
    inter_entity_out: flow.interEntityOut,
    mined: flow.mined,
    deposits: flow.deposits,
    withdrawals: flow.withdrawals,
    in_house_transactions: flow.inHouseTransactions,
  };
}

export function jsonOfFlows({ labelVersion, labelCoverage, payoutEntity, entities }: BlockFlows) {
  return {
    label_version: labelVersion,
    label_coverage: labelCoverage,
    payout_entity: payoutEntity,
    entities: entities.map(jsonOfFlow),
  };
}

export function jsonOfStoredFlow(flow: StoredFlow) {
  const { height, blockHash, time, labelVersion, labelCoverage } = flow;
  const block = { height, blockhash: blockHash, time, label_version: labelVersion, label_coverage: labelCoverage };
  return { ...block, ...jsonOfFlow(flow) };
}

/** One line for a person; what is zero and goes without saying is left out. */
export function describeFlow(flow: StoredFlow): string {
  const { height, entity, labelCoverage } = flow;
  const net = flow.inflow - flow.outflow;
  const parts = [
    `net ${net < 0 ? "" : "+"}${btc(net)} BTC`,
    `in ${btc(flow.inflow)} (${count(flow.deposits, "deposit")}${among(flow.interEntityIn)})`,
    `out ${btc(flow.outflow)} (${count(flow.withdrawals, "withdrawal")}${among(flow.interEntityOut)})`,
    ...(flow.inHouse === 0 ? [] : [`in-house ${btc(flow.inHouse)}`]),
    ...(flow.mined === 0 ? [] : [`mined ${btc(flow.mined)}`]),
    ...(labelCoverage === null ? [] : [`owners known of ${(100 * labelCoverage).toFixed(1)} % of the block's value`]),
  ];
  return `${String(height).padStart(7)}  ${entity.actor} (${entity.kind})  ${parts.join(", ")}`;
}

function among(sats: number): string {
  return sats === 0 ? "" : `, ${btc(sats)} of it between entities`;
}

function count(times: number, word: string): string {
  return `${times} ${word}${times === 1 ? "" : "s"}`;
}

export function btc(sats: number): string {
  return (sats / COIN).toFixed(8);
}
