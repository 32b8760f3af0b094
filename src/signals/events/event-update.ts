import type { Signal } from "../signal.ts";

/** Blocks in which an event is followed from where it was told: about a day. What goes on longer is told no further. */
export const FOLLOWED_BLOCKS = 144;

/** An event that was told and has grown since. */
export type EventUpdate = {
  /** As it was told. What it claimed then is decided as it was said. */
  readonly first: Signal;
  /** Header time of that block, unix seconds. */
  readonly firstTime: number;
  /** As it stands in the newest block. */
  readonly now: Signal;
};
