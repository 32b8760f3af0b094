import type { Terms } from "../transactions/send.ts";

/** How a transaction of this kind pays for its place. */
export type Offer = Terms & {
  /** sat/vB. */
  readonly feeRate: number;
};
