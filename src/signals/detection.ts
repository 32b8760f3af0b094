import { NOTABLE_TRANSFER_SATS } from "#features";
import { type BookState, SeriesBook } from "./baseline/series-book.ts";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./detectors.ts";
import type { EventUpdate } from "./events/event-update.ts";
import { type EventState, FOLLOWED_BLOCKS, FollowedEvents } from "./events/followed-events.ts";
import { judgeQuiet, QUIET_LOOK_BACK } from "./quiet/judge-quiet.ts";
import { type QuietBlock, silence } from "./quiet/quiet.ts";
import type { BlockRow, Signal } from "./signal.ts";

/** How many earlier blocks the signals of a block, and the events that go on in it, may depend on. */
export function lookBackOf(detectors: readonly Detector[]): number {
  return Math.max(QUIET_LOOK_BACK, ...detectors.map(({ lookBack }) => lookBack)) + FOLLOWED_BLOCKS;
}

/** All that is remembered, in one form. */
export type DetectionState = BookState & { readonly events: readonly EventState[] };

/**
 * Finds what stands out, block by block. What it has become is a cache: one that has taken the connected blocks of its
 * detectors' look-back tells the same as one that has taken them all.
 */
export class Detection {
  readonly #detectors: readonly Detector[];
  readonly #book: SeriesBook;
  readonly #events: FollowedEvents;
  #quiet: readonly QuietBlock[] = [];
  #updates: readonly EventUpdate[] = [];

  constructor(detectors = DETECTORS, book = new SeriesBook(), events = new FollowedEvents()) {
    this.#detectors = detectors;
    this.#book = book;
    this.#events = events;
  }

  /** Why kinds were silent in the block that was taken last, and what they would have told. */
  get quiet(): readonly QuietBlock[] {
    return this.#quiet;
  }

  /** Which events, told in earlier blocks, have grown in the block that was taken last. */
  get updates(): readonly EventUpdate[] {
    return this.#updates;
  }

  /** What stands out in the next block, of the kinds that are not silent. */
  take({ features, transfers, flows }: BlockRow): Signal[] {
    // Smaller ones are kept where somebody watches; what he watches is no reason to see another signal.
    const notable = transfers.filter(({ value }) => value >= NOTABLE_TRANSFER_SATS);
    const row = { features, transfers: notable, flows };
    const conditions = judgeQuiet(row, this.#book);
    const found = this.#detectors.flatMap((detector) => detector.detect(row, this.#book));
    this.#book.endBlock();
    const { told, quiet } = silence(
      found.filter((signal) => signal.goesOn === undefined),
      conditions,
    );
    const goingOn = found.flatMap(({ goesOn, ...signal }) => (goesOn === undefined ? [] : [signal]));
    this.#updates = this.#events.take(row, told, silence(goingOn, conditions).told);
    this.#quiet = quiet;
    return told;
  }

  /**
   * All that it remembers of the blocks that its detectors look back on, in one form, however it came to it: two with
   * the same state tell the same ever after.
   */
  state(): DetectionState {
    return { ...this.#book.state(), events: this.#events.state() };
  }

  /** One that goes on from here by itself. */
  copy(): Detection {
    return new Detection(this.#detectors, this.#book.copy(), this.#events.copy());
  }
}
