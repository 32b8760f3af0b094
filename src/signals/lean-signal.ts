import type { Entity, Transfer } from "#features";
import { BIN_BLOCKS, type Lean } from "./baseline/lean.ts";
import type { BlockRow, Signal, SignalKind } from "./signal.ts";

/** What a signal says of an entity that received (or sent) more than the other way, hour by hour. */
export function leanSignal(
  { features: { height, blockhash }, transfers }: BlockRow,
  about: {
    readonly kind: SignalKind;
    readonly subject: Entity;
    readonly lean: Lean;
    /** What hours are counted: "more outflow than inflow". */
    readonly counted: string;
    /** Satoshis over the span. */
    readonly inflow: number;
    readonly outflow: number;
    readonly spanBins: number;
    readonly partyOf: (transfer: Transfer) => Entity | null;
  },
): Signal {
  const { kind, subject, lean, counted, inflow, outflow, spanBins, partyOf } = about;
  const hours = (name: string, value: number) => ({ name, unit: "count" as const, value, baseline: null, level: null });
  const coins = (name: string, value: number) => ({ name, unit: "sats" as const, value, baseline: null, level: null });
  return {
    kind,
    height,
    blockhash,
    startHeight: Math.max(0, height - spanBins * BIN_BLOCKS + 1),
    subject,
    direction: "above",
    surprise: lean.surprise,
    metrics: [
      {
        name: `Hours of six blocks with ${counted}, less those with the reverse`,
        unit: "count",
        value: lean.ups - lean.downs,
        baseline: lean.middle,
        level: lean.level,
      },
      hours(`Hours with ${counted}`, lean.ups),
      hours("Hours with the reverse", lean.downs),
      coins("Inflow", inflow),
      coins("Outflow", outflow),
    ],
    transfers: transfers
      .filter((transfer) => partyOf(transfer)?.actor === subject.actor && transfer.kind !== "in-house")
      .toSorted((left, right) => right.value - left.value),
  };
}
