import type { BlockFlows } from "#features";
import type { ExchangeFlow } from "../forecasts/exchange-pressure.ts";

/** Who received and spent what in a block. */
export type FlowsSeen = {
  readonly height: number;
  readonly entities: readonly Pick<BlockFlows["entities"][number], "entity" | "inflow" | "outflow">[];
};

/** What an exchange received and spent in a block, in-house apart; all of them where no actor is named. Satoshis. */
export function exchangeFlowIn({ height, entities }: FlowsSeen, actor: string | null): ExchangeFlow {
  const total = { height, inflow: 0, outflow: 0 };
  for (const { entity, inflow, outflow } of entities) {
    if (entity.kind !== "exchange" || (actor !== null && entity.actor !== actor)) continue;
    total.inflow += inflow;
    total.outflow += outflow;
  }
  return total;
}
