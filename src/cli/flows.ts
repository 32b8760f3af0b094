import type { EntityKind } from "#features";
import { listFlows, type StoredFlow } from "#store";
import { type LabelCommand, openLabels } from "./labels/open-labels.ts";
import { findEntities } from "./labels/who.ts";

export type FlowFlags = {
  readonly kind?: EntityKind;
  readonly from?: number;
  readonly to?: number;
  readonly labelVersion?: number;
  readonly json?: boolean;
};

const SATS_PER_COIN = 100_000_000;

/** `utxoiq flows`: what an actor received and spent, block by block. */
export async function flows(command: LabelCommand, actor: string, flags: FlowFlags): Promise<void> {
  const store = await openLabels(command);
  try {
    const { kind, from = 0, to = Number.MAX_SAFE_INTEGER, labelVersion, json = false } = flags;
    const range = { fromHeight: from, toHeight: Math.min(to, 2 ** 31 - 1) };
    const query = { ...range, ...(kind && { kind }), ...(labelVersion === undefined ? {} : { labelVersion }) };
    // An actor that labels do not name any more still has what was said by earlier ones.
    const stored = await listFlows(store.db, { actor, ...query });
    if (stored.length === 0) await findEntities(store, actor);
    for (const flow of stored) command.write(json ? JSON.stringify(flow) : describe(flow));
    if (stored.length === 0 && !json) command.terminal.line("Flows", `none of ${actor} in the stored blocks`);
  } finally {
    await store.close();
  }
}

function describe({ height, entity, inflow, outflow, inHouse, deposits, withdrawals }: StoredFlow): string {
  const net = inflow - outflow;
  const parts = [
    `net ${net < 0 ? "" : "+"}${btc(net)} BTC`,
    `in ${btc(inflow)} (${deposits})`,
    `out ${btc(outflow)} (${withdrawals})`,
    `in-house ${btc(inHouse)}`,
  ];
  return `${String(height).padStart(7)}  ${entity.actor} (${entity.kind})  ${parts.join(", ")}`;
}

function btc(sats: number): string {
  return (sats / SATS_PER_COIN).toFixed(8);
}
