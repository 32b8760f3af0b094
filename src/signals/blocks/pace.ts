import type { SeriesBook } from "../baseline/series-book.ts";
import { TARGET_SPACING } from "../forecasts/block-times.ts";
import type { BlockRow, SignalKind } from "../signal.ts";

/** Header times jump: so little time is not believed to have passed over several blocks. */
const LEAST_SHARE = 0.1;

/**
 * How many blocks should have come in the time that the last `blocks` took, at ten minutes each; `NaN` before there are
 * so many. Remembers the block's time.
 */
export function blocksInTime(
  { features: { time } }: BlockRow,
  book: SeriesBook,
  { kind, blocks }: { readonly kind: SignalKind; readonly blocks: number },
): number {
  const times = book.memory(kind).series("time", blocks);
  const since = times.at(blocks);
  times.push(time);
  return Math.max((time - since) / TARGET_SPACING, blocks * LEAST_SHARE);
}
