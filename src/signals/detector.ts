import type { SeriesBook } from "./baseline/series-book.ts";
import type { BlockRow, FoundSignal, SignalKind } from "./signal.ts";

/** Looks for one kind of signal. */
export type Detector = {
  readonly kind: SignalKind;
  /** How many earlier blocks a signal may depend on. */
  readonly lookBack: number;
  /**
   * Of a kind whose events are followed while they go on: the place of the number in their headline among what is measured.
   * Absent: what stands out is told once.
   */
  readonly followedBy?: number;
  /**
   * What stands out in the next block, and of kinds that are followed what goes on. All that it remembers is in the book, under names that begin with its kind.
   * It is called for every block in order, whether anything stands out or not.
   */
  detect(row: BlockRow, book: SeriesBook): readonly FoundSignal[];
};
