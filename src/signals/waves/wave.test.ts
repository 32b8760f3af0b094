import { expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import type { BlockFeatures } from "#features";
import { toldSignals } from "../../../test/helpers/told-signals.ts";
import { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";
import { coinjoinWave, consolidationWave, inscriptionWave } from "./wave.ts";

const DETECTORS = [inscriptionWave, consolidationWave, coinjoinWave];
const HISTORY = Math.max(...DETECTORS.map(({ lookBack }) => lookBack));

function row(height: number, count: number | null): BlockRow {
  const read: Partial<BlockFeatures> = {
    height,
    blockhash: height.toString(16).padStart(64, "0") as BlockHash,
    inscriptions: count ?? 0,
    transaction_kinds: {
      consolidation: count,
      batch_payout: null,
      coinjoin: count,
      data_carrier: 0,
      rbf: 0,
      version3: 0,
      locktime: 0,
    },
  };
  return { features: read as BlockFeatures, transfers: [], flows: { entities: [] } as unknown as BlockRow["flows"] };
}

/** Zero to six in a block, in no order that a span of twelve would even out. */
function usual(height: number): number {
  return (height * height * 31 + height) % 7;
}

function tell(detector: Detector, counts: readonly (number | null)[], from = 0): Signal[] {
  const book = new SeriesBook();
  return counts.slice(from).flatMap((count, place) => {
    const signals = toldSignals(detector.detect(row(from + place, count), book));
    book.endBlock();
    return signals;
  });
}

const quiet = Array.from({ length: HISTORY + 300 }, (_, height) => usual(height));

test.each(DETECTORS)("$kind: a wave is told once, by what it adds to the usual", (detector) => {
  const from = HISTORY + 50;
  const isWave = (height: number): boolean => height >= from && height < from + 80;
  // For twenty blocks in between it is over.
  const isLull = (height: number): boolean => height >= from + 30 && height < from + 50;
  const counts = quiet.map((count, height) => (isWave(height) && !isLull(height) ? count * 4 + 12 : count));
  const signals = tell(detector, counts);
  expect(signals).toHaveLength(1);
  const [signal] = signals;
  expect(signal?.height).toBeLessThan(from + 12);
  expect(signal).toMatchObject({
    kind: detector.kind,
    subject: null,
    direction: "above",
    surprise: { percentile: 100, sampleSize: 2_016 },
  });
  const height = signal?.height ?? 0;
  expect(signal?.startHeight).toBe(height - 11);
  const [counted] = signal?.metrics ?? [];
  expect(counted?.value).toBe(counts.slice(height - 11, height + 1).reduce((sum, count) => sum + count, 0));
  expect(counted?.level).toBeLessThan(counted?.value ?? 0);
});

test.each(DETECTORS)("$kind: nothing is told of the usual, nor with too little history", (detector) => {
  expect(tell(detector, quiet)).toEqual([]);
  expect(tell(detector, [...quiet.slice(0, 1_500), ...Array<number>(100).fill(60)])).toEqual([]);
});

test("a span with a block that came without spent outputs has no count, and is not judged", () => {
  const from = HISTORY + 50;
  const counts = quiet.map((count, height) => (height >= from ? ((height - from) % 2 === 0 ? null : 40) : count));
  expect(tell(coinjoinWave, counts)).toEqual([]);
});

test("what is told depends on the look-back alone", () => {
  const from = HISTORY + 50;
  const counts = quiet.map((count, height) => (height < 90 || (height >= from && height < from + 50) ? 20 : count));
  const all = tell(inscriptionWave, counts);
  const told = all.find(({ height }) => height >= from);
  expect(told).toBeDefined();
  expect(tell(inscriptionWave, counts, (told?.height ?? 0) - inscriptionWave.lookBack)).toEqual([told]);
});
