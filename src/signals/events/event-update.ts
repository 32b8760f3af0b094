import type { Signal, SignalKind } from "../signal.ts";

/** Blocks in which an event is followed from where it was told: about a day. What goes on longer is told no further. */
export const FOLLOWED_BLOCKS = 144;

/** Kinds that may tell of one spending, each from another side. */
export const SPENDING_KINDS = [
  "large-transfer",
  "dormant-coins",
  "revived-supply",
  "coin-days-destroyed",
] as const satisfies readonly SignalKind[];

/** Kinds of what a pool sends, which a single payment may make most of and which may itself be part of an inflow. */
export const POOL_OUTFLOWS = ["treasury-sale", "miner-payout"] as const satisfies readonly SignalKind[];

/** A signal, and the header time of its block, unix seconds. */
export type TimedSignal = { readonly signal: Signal; readonly time: number };

/** An event that was told and has grown since, or that begins with what told of a single payment of it. */
export type EventUpdate = {
  /** As it was told. What it claimed then is decided as it was said. */
  readonly first: Signal;
  /** Header time of that block, unix seconds. */
  readonly firstTime: number;
  /** As it stands in the newest block; the same as `first` where it is told in that one. */
  readonly now: Signal;
  /**
   * What told of single payments that are part of a flow, and of a pool's sale that is, in the order of their blocks; of one
   * block the sale first, then as in {@link SPENDING_KINDS}.
   */
  readonly payments: readonly TimedSignal[];
};
