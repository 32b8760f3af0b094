import type { ChainSource, FollowableSource, HeightRange } from "#chain";
import type { BlockPrices, PriceSeries } from "#features";
import { type Database, readHeightTimes, saveBlockTimes, savePriceSeries } from "#store";
import { HeightTimes } from "./height-times.ts";
import type { PriceFile } from "./read-price-file.ts";

/** Prices, and the times of the blocks so far. */
export type ProcessPrices = BlockPrices & {
  /** Takes down when a block of the chain was made, for the blocks that spend its coins. */
  remember(height: number, time: number): void;
};

export type PricesOptions = {
  readonly file: PriceFile;
  readonly source: ChainSource;
  /** Height of the first block of a chain that will be read; the times of all below are asked for. */
  readonly firstHeight: number;
  /** Where the series and the times are kept; without it they are forgotten. */
  readonly db?: Database;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
  /** Told once what will be missing, if anything. */
  readonly onUnknown: (reason: string) => void;
};

const HEIGHTS_AT_ONCE = 10_000;

/** Makes prices ready for the blocks of a source: stores the series, and finds out when the blocks before were made. */
export async function openPrices(options: PricesOptions): Promise<ProcessPrices> {
  const { file, source, db, signal } = options;
  if (db !== undefined) await savePriceSeries(db, file);
  const times = new HeightTimes(db === undefined ? undefined : await readHeightTimes(db));
  if (source.kind === "chain") await askForTimes(options, source, times);
  if (!signal.aborted) tellUnknown(options, times);
  return pricesOf(file.series, times);
}

function tellUnknown({ source, firstHeight, onUnknown }: PricesOptions, times: HeightTimes): void {
  if (source.kind === "set") {
    onUnknown(
      `${source.name} does not tell when coins were made, so what they cost, SOPR and the realised cap are null`,
    );
  } else if (findGap(times, { first: 0, last: firstHeight - 1 }) !== undefined) {
    onUnknown(
      `${source.name} does not tell when all blocks below ${firstHeight} were made: SOPR is null where their coins are spent`,
    );
  }
}

function pricesOf(series: PriceSeries, times: HeightTimes): ProcessPrices {
  return {
    series,
    timeOf: (height) => times.of(height),
    remember: (height, time) => times.set(height, time),
  };
}

/** Piece by piece, and each is kept: what was interrupted goes on from there. */
async function askForTimes(
  { firstHeight, db, signal, onProgress }: PricesOptions,
  source: FollowableSource,
  times: HeightTimes,
): Promise<void> {
  if (source.headerTimes === undefined) return;
  for (let first = 0; first < firstHeight && !signal.aborted; first += HEIGHTS_AT_ONCE) {
    const last = Math.min(first + HEIGHTS_AT_ONCE, firstHeight) - 1;
    const gap = findGap(times, { first, last });
    if (gap === undefined) continue;
    const found = await source.headerTimes(gap, signal);
    times.setAll(gap.first, found);
    if (db !== undefined) await saveBlockTimes(db, gap.first, found);
    onProgress({ done: last + 1, total: firstHeight });
  }
}

/** From the first to the last height whose time is not known. */
function findGap(times: HeightTimes, { first, last }: HeightRange): HeightRange | undefined {
  let [low, high] = [first, last];
  while (low <= high && times.of(low) !== undefined) low += 1;
  while (high >= low && times.of(high) !== undefined) high -= 1;
  return low > high ? undefined : { first: low, last: high };
}
