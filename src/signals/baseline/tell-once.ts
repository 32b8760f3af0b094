import type { Surprise } from "../signal.ts";
import type { SeriesBook } from "./series-book.ts";

/** Whether what stands out is told: not while one of so many blocks before stood out as well. Remembers that it did. */
export function tellOnce(book: SeriesBook, name: string, quietBlocks: number, standsOut: boolean): boolean {
  const marks = book.part(name, "stood out", quietBlocks);
  const isTold = marks.someAbove(0.5);
  marks.push(standsOut ? 1 : 0);
  return standsOut && !isTold;
}

/** Share of the earlier values that lie below this one; `null` where there are none. */
export function rankAmong(earlier: ArrayLike<number>, value: number): Surprise | null {
  if (earlier.length === 0) return null;
  let below = 0;
  for (let at = 0; at < earlier.length; at += 1) if ((earlier[at] ?? 0) < value) below += 1;
  return { percentile: (100 * below) / earlier.length, sampleSize: earlier.length };
}
