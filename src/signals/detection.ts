import { SeriesBook } from "./baseline/series-book.ts";
import { DETECTORS } from "./detectors.ts";
import type { BlockRow, Signal } from "./signal.ts";

/** How many earlier blocks the signals of a block may depend on. */
export const LOOK_BACK = Math.max(...DETECTORS.map(({ lookBack }) => lookBack));

/**
 * Finds what stands out, block by block. What it has become is a cache: one that has taken the last {@link LOOK_BACK}
 * connected blocks tells the same as one that has taken them all.
 */
export class Detection {
  readonly #book: SeriesBook;

  constructor(book = new SeriesBook()) {
    this.#book = book;
  }

  /** What stands out in the next block. */
  take(row: BlockRow): Signal[] {
    const signals = DETECTORS.flatMap((detector) => detector.detect(row, this.#book));
    this.#book.endBlock();
    return signals;
  }

  /** One that goes on from here by itself: for a branch that may lose. */
  copy(): Detection {
    return new Detection(this.#book.copy());
  }
}
