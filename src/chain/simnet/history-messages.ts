import type { Density, Happening, Intervention } from "./economy/index.ts";

/** What a history thread is told when it begins: which chain, up to where, and where its snapshots lie. */
export type HistoryOrder = {
  readonly seed: number;
  readonly density: Density["name"];
  readonly chainId: string;
  readonly staged: readonly Intervention[];
  readonly startHeight: number;
  readonly snapshots: { readonly directory: string; readonly name: string };
};

/** What it says. To it is said nothing but that a step was taken. */
export type FromHistory =
  /** What a node saw in a step, and the chain time after it, unix seconds. */
  | { readonly type: "step"; readonly happenings: readonly Happening[]; readonly time: number }
  /** The world at the end of the history. */
  | { readonly type: "made"; readonly snapshot: Uint8Array }
  | { readonly type: "failed"; readonly code: string; readonly message: string };
