import type { BlockHash } from "#bitcoin";

/** Of the branch that wins. */
export type Tip = {
  /** -1 before block 0. */
  height: number;
  hash: BlockHash | undefined;
  /** Header times of the newest eleven blocks, ascending by height. */
  readonly headerTimes: number[];
};
