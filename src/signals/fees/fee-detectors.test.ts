import { describe, expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import type { BlockFeatures } from "#features";
import { toldSignals } from "../../../test/helpers/told-signals.ts";
import { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";
import { feeLevel } from "./fee-level.ts";
import { feeSpike } from "./fee-spike.ts";
import { mempoolFlush } from "./mempool-flush.ts";

type Block = { readonly rate?: number; readonly weight?: number; readonly wait?: number };

/** What these detectors read of a block; the rest of a row is of no interest to them. */
function rowsOf(blocks: readonly Block[]): BlockRow[] {
  let time = 1_700_000_000;
  return blocks.map(({ rate = 10, weight = 3_900_000, wait = 600 }, height) => {
    time += wait;
    const features: Partial<BlockFeatures> = {
      height,
      blockhash: height.toString(16).padStart(64, "0") as BlockHash,
      time,
      txs: 20,
      total_weight: weight,
      feerate_percentiles_exact: [1, 2, rate, 90, 99],
    };
    return { features, transfers: [], flows: { entities: [] } } as unknown as BlockRow;
  });
}

/** 5 to 20 sat/vB, six blocks of ten full, in no order that repeats. */
function ordinary(blocks: number): Block[] {
  let state = 7;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: blocks }, () => ({
    rate: 5 * 4 ** next(),
    weight: next() < 0.6 ? 3_990_000 : 3_990_000 * next(),
    wait: -600 * Math.log(next()),
  }));
}

function detect(detector: Detector, blocks: readonly Block[]): Signal[] {
  const book = new SeriesBook();
  return rowsOf(blocks).flatMap((row) => {
    const signals = toldSignals(detector.detect(row, book));
    book.endBlock();
    return signals;
  });
}

const quiet = (detector: Detector) => ordinary(detector.lookBack + 40);
const spike = (blocks: number): Block[] => Array.from({ length: blocks }, () => ({ rate: 400 }));
const idle = (blocks: number): Block[] => Array.from({ length: blocks }, () => ({ weight: 40_000 }));

describe("fee-spike", () => {
  const before = quiet(feeSpike);

  test("tells a rise once, with the second of its blocks", () => {
    const signals = detect(feeSpike, [...before, ...spike(8), ...ordinary(20)]);
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatchObject({ height: before.length + 1, startHeight: before.length - 1, direction: "above" });
    expect(signals[0]?.metrics[0]?.value).toBeCloseTo(400, 6);
    expect(signals[0]?.surprise?.percentile).toBe(100);
  });

  test("keeps quiet about one block alone, ordinary times, and with too little history", () => {
    expect(detect(feeSpike, [...before, ...spike(1), ...ordinary(20)])).toEqual([]);
    expect(detect(feeSpike, [...ordinary(1_500), ...spike(8)])).toEqual([]);
  });
});

describe("mempool-flush", () => {
  const before = quiet(mempoolFlush);
  const told = (blocks: readonly Block[]) =>
    detect(mempoolFlush, blocks).filter(({ height }) => height >= before.length);

  test("tells idle blocks once, with the room that they left", () => {
    const signals = told([...before, ...idle(12), ...ordinary(20)]);
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatchObject({ direction: "above" });
    expect(signals[0]?.metrics[1]?.value).toBeGreaterThan(40);
  });

  test("keeps quiet where blocks came too fast to be full, and with too little history", () => {
    const fast = idle(12).map((block) => ({ ...block, wait: 30 }));
    expect(told([...before, ...fast, ...ordinary(20)])).toEqual([]);
    expect(detect(mempoolFlush, [...ordinary(1_500), ...idle(12)])).toEqual([]);
  });
});

describe("fee-level", () => {
  const before = quiet(feeLevel);

  test("tells a level that lasts, up or down, and no short spike", () => {
    const [rise, ...more] = detect(feeLevel, [...before, ...ordinary(200).map(({ rate = 0 }) => ({ rate: 5 * rate }))]);
    expect(more).toEqual([]);
    expect(rise).toMatchObject({ direction: "above", subject: null });
    expect(rise?.metrics[0]?.value).toBeGreaterThan(10);
    const [fall] = detect(feeLevel, [...before, ...ordinary(200).map(({ rate = 0 }) => ({ rate: rate / 5 }))]);
    expect(fall).toMatchObject({ direction: "below" });
    expect(detect(feeLevel, [...before, ...spike(20), ...ordinary(150)])).toEqual([]);
  });
});
