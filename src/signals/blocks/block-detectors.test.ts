import { describe, expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import type { BlockFeatures } from "#features";
import { SeriesBook } from "../baseline/series-book.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";
import { blockFullness } from "./block-fullness.ts";
import { blockInterval } from "./block-interval.ts";

type Block = { readonly wait: number; readonly weight: number; readonly txs?: number };

/** Exponential waits of ten minutes, nine blocks of ten full, in no order that repeats. */
function ordinary(blocks: number): Block[] {
  let state = 11;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: blocks }, () => ({
    wait: Math.min(-600 * Math.log(next()), 4_000),
    weight: next() < 0.9 ? 3_990_000 : 3_990_000 * (0.1 + 0.9 * next()),
  }));
}

function detect(detector: Detector, blocks: readonly Block[]): Signal[] {
  const book = new SeriesBook();
  let time = 1_700_000_000;
  return blocks.flatMap(({ wait, weight, txs = 20 }, height) => {
    time += wait;
    const features: Partial<BlockFeatures> = {
      height,
      blockhash: height.toString(16).padStart(64, "0") as BlockHash,
      time,
      interval: height === 0 ? null : wait,
      total_weight: weight,
      txs,
    };
    const signals = detector.detect({ features, transfers: [], flows: { entities: [] } } as unknown as BlockRow, book);
    book.endBlock();
    return signals;
  });
}

describe("block-interval", () => {
  const before = ordinary(blockInterval.lookBack);

  test("tells a wait that chance hardly makes, each for itself", () => {
    const late: Block = { wait: 9_000, weight: 3_990_000 };
    const signals = detect(blockInterval, [...before, late, ...ordinary(3), late]);
    expect(signals.map(({ height }) => height)).toEqual([before.length, before.length + 4]);
    expect(signals[0]).toMatchObject({ metrics: [{ value: 9_000, unit: "seconds" }] });
  });

  test("keeps quiet about an hour, where blocks are slow anyway, and with too little history", () => {
    expect(detect(blockInterval, [...before, { wait: 3_600, weight: 1 }])).toEqual([]);
    const slow = before.map((block) => ({ ...block, wait: 2 * block.wait }));
    expect(detect(blockInterval, [...slow, { wait: 9_000, weight: 1 }])).toEqual([]);
    expect(detect(blockInterval, [...ordinary(1_500), { wait: 9_000, weight: 1 }])).toEqual([]);
  });
});

describe("block-fullness", () => {
  const before = ordinary(blockFullness.lookBack);

  test("tells a block that holds next to nothing, and none that is empty or full", () => {
    const [signal, ...more] = detect(blockFullness, [...before, { wait: 600, weight: 400 }]);
    expect(more).toEqual([]);
    expect(signal).toMatchObject({ direction: "below", metrics: [{ value: 400, baseline: 3_990_000 }] });
    expect(detect(blockFullness, [...before, { wait: 600, weight: 0, txs: 1 }])).toEqual([]);
    expect(detect(blockFullness, [...before, { wait: 600, weight: 3_996_000 }])).toEqual([]);
  });

  test("tells a block that is far heavier than they were, and keeps quiet with too little history", () => {
    const light = before.map((block) => ({ ...block, weight: block.weight / 8 }));
    expect(detect(blockFullness, [...light, { wait: 600, weight: 3_990_000 }])).toMatchObject([{ direction: "above" }]);
    expect(detect(blockFullness, [...ordinary(1_500), { wait: 600, weight: 400 }])).toEqual([]);
  });
});
