import { NOTABLE_TRANSFER_SATS } from "#features";
import { type BookState, SeriesBook } from "./baseline/series-book.ts";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./detectors.ts";
import { type EventUpdate, FOLLOWED_BLOCKS } from "./events/event-update.ts";
import { type EventState, FollowedEvents } from "./events/followed-events.ts";
import { judgeQuiet, QUIET_LOOK_BACK } from "./quiet/judge-quiet.ts";
import { type QuietBlock, silence } from "./quiet/quiet.ts";
import { Recollection, type RecollectionState } from "./recollection/recollection.ts";
import type { BlockRow, FoundSignal, Signal } from "./signal.ts";

/** How many earlier blocks the signals of a block, and the events that go on in it, may depend on. */
export function lookBackOf(detectors: readonly Detector[]): number {
  return Math.max(QUIET_LOOK_BACK, ...detectors.map(({ lookBack }) => lookBack)) + FOLLOWED_BLOCKS;
}

/** All that is remembered, in one form. */
export type DetectionState = BookState & {
  readonly events: readonly EventState[];
  readonly recollection: RecollectionState;
};

type Remembered = {
  readonly book: SeriesBook;
  readonly events: FollowedEvents;
  readonly recollection: Recollection;
};

/**
 * Finds what stands out, block by block. What it has become is a cache: one that has taken the connected blocks of its
 * detectors' look-back tells the same as one that has taken them all.
 */
export class Detection {
  readonly #detectors: readonly Detector[];
  readonly #book: SeriesBook;
  readonly #events: FollowedEvents;
  readonly #recollection: Recollection;
  #quiet: readonly QuietBlock[] = [];
  #updates: readonly EventUpdate[] = [];

  constructor(
    detectors = DETECTORS,
    { book = new SeriesBook(), events = new FollowedEvents(detectors), recollection }: Partial<Remembered> = {},
  ) {
    this.#detectors = detectors;
    this.#book = book;
    this.#events = events;
    this.#recollection = recollection ?? new Recollection(lookBackOf(detectors));
  }

  /** Why kinds were silent in the block that was taken last, and what they would have told. */
  get quiet(): readonly QuietBlock[] {
    return this.#quiet;
  }

  /** Which events, told in earlier blocks, have grown in the block that was taken last. */
  get updates(): readonly EventUpdate[] {
    return this.#updates;
  }

  /** What is known of the blocks up to the one that was taken last. */
  get recollection(): Pick<Recollection, "blockAt" | "certaintyOf" | "lowestHeight" | "transfersOf"> {
    return this.#recollection;
  }

  /** What stands out in the next block, of the kinds that are not silent. */
  take({ features, transfers, flows }: BlockRow): Signal[] {
    // Smaller ones are kept where somebody watches; what he watches is no reason to see another signal.
    const notable = transfers.filter(({ value }) => value >= NOTABLE_TRANSFER_SATS);
    const row = { features, transfers: notable, flows };
    this.#recollection.take(row);
    const conditions = judgeQuiet(row, this.#book);
    const found = this.#detectors.flatMap((detector) => detector.detect(row, this.#book).map(asFollowed(detector)));
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
    return { ...this.#book.state(), events: this.#events.state(), recollection: this.#recollection.state() };
  }

  /** One that goes on from here by itself. */
  copy(): Detection {
    return new Detection(this.#detectors, {
      book: this.#book.copy(),
      events: this.#events.copy(),
      recollection: this.#recollection.copy(),
    });
  }
}

/** What goes on is told of kinds that are followed; of another it would be lost without a word. */
function asFollowed({ kind, followedBy }: Detector): (signal: FoundSignal) => FoundSignal {
  return (signal) => {
    if (signal.goesOn === true && followedBy === undefined) throw new Error(`${kind} goes on and is not followed`);
    return signal;
  };
}
