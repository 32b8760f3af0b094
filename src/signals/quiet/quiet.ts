import type { Signal, SignalKind } from "../signal.ts";

/** Why nothing is published of some kinds: what they look at is not what it seems to be. */
export type QuietReason = "clock-jump" | "labels-changed" | "labels-unreadable";

/** A condition of a block in which some kinds are silent. */
export type Quiet = {
  readonly reason: QuietReason;
  /** First block in which it was so. */
  readonly sinceHeight: number;
  /** For a person. */
  readonly detail: string;
  readonly kinds: readonly SignalKind[];
};

/** With what was found in the block and is not told because of it. */
export type QuietBlock = Quiet & { readonly withheld: readonly SignalKind[] };

/** Kinds that compare labelled owners with their own history. */
export const KINDS_OF_LABELS: readonly SignalKind[] = [
  "inflow-spike",
  "outflow-spike",
  "inflow-streak",
  "outflow-streak",
  "reserve-change",
  "whale-accumulation",
  "whale-distribution",
  "treasury-sale",
  "miner-payout",
];

/** A kind that measures one wait: a single wrong clock is enough. */
export const KINDS_OF_ONE_WAIT: readonly SignalKind[] = ["block-interval"];

/** Kinds that measure the pace of blocks, by several waits or by median times. */
export const KINDS_OF_PACE: readonly SignalKind[] = ["hash-rate", "difficulty-outlook", "fee-spike", "mempool-flush"];

/** Leaves out the signals of kinds that are silent, and says which those were. */
export function silence(
  signals: readonly Signal[],
  quiet: readonly Quiet[],
): { readonly told: Signal[]; readonly quiet: readonly QuietBlock[] } {
  return {
    told: signals.filter(({ kind }) => !quiet.some(({ kinds }) => kinds.includes(kind))),
    quiet: quiet.map((each) => ({
      ...each,
      withheld: signals.map(({ kind }) => kind).filter((kind) => each.kinds.includes(kind)),
    })),
  };
}
