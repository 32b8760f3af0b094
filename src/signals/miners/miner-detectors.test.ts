import { describe, expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import type { BlockFeatures } from "#features";
import { toldSignals } from "../../../test/helpers/told-signals.ts";
import { SeriesBook } from "../baseline/series-book.ts";
import { emptyBlock } from "../blocks/empty-block.ts";
import type { Detector } from "../detector.ts";
import type { BlockRow, Signal } from "../signal.ts";
import { hashRate } from "./hash-rate.ts";
import { poolRun } from "./pool-run.ts";

type Block = {
  readonly pool?: string;
  readonly wait?: number;
  readonly isEmpty?: boolean;
  readonly difficulty?: number;
};

/** What these detectors read of a block; the rest of a row is of no interest to them. */
function rowsOf(blocks: readonly Block[]): BlockRow[] {
  let time = 1_700_000_000;
  return blocks.map(({ pool = "Alder Pool", wait = 600, isEmpty = false, difficulty = 1 }, height) => {
    time += wait;
    const features: Partial<BlockFeatures> = {
      height,
      blockhash: height.toString(16).padStart(64, "0") as BlockHash,
      mediantime: time - 3_000,
      difficulty,
      txs: isEmpty ? 1 : 20,
      pool: { name: pool, by: "address" },
    };
    return { features, transfers: [], flows: { entities: [] } } as unknown as BlockRow;
  });
}

function detect(detector: Detector, blocks: readonly Block[]): Signal[] {
  const book = new SeriesBook();
  return rowsOf(blocks).flatMap((row) => {
    const signals = toldSignals(detector.detect(row, book));
    book.endBlock();
    return signals;
  });
}

const many = (blocks: number, blockAt: (at: number) => Block): Block[] =>
  Array.from({ length: blocks }, (_, at) => blockAt(at));

describe("hash-rate", () => {
  const usual = many(600, () => ({}));

  test("tells a fall once, and the rise after it, unranked without two weeks of history", () => {
    const signals = detect(hashRate, [...usual, ...many(500, () => ({ wait: 1_000 })), ...many(400, () => ({}))]);
    expect(signals.map(({ direction }) => direction)).toEqual(["below", "above"]);
    expect(signals[0]).toMatchObject({ surprise: null, subject: null });
    const [{ value, baseline } = { value: 0, baseline: 0 }] = signals[0]?.metrics ?? [];
    expect(baseline).toBeCloseTo(2 ** 32 / 600, 0);
    expect(value / (baseline ?? 0)).toBeLessThan(0.741);
  });

  test("says that a fall goes on, and how far it has come", () => {
    const book = new SeriesBook();
    const found = rowsOf([...usual, ...many(200, () => ({ wait: 1_200 }))]).flatMap((row) => {
      const ofBlock = hashRate.detect(row, book);
      book.endBlock();
      return ofBlock;
    });
    const [first, ...rest] = found;
    expect(first?.goesOn).toBeUndefined();
    expect(rest.length).toBeGreaterThan(50);
    expect(rest.every(({ goesOn, direction }) => goesOn === true && direction === "below")).toBe(true);
    const lowest = Math.min(...rest.map(({ metrics }) => metrics[0]?.value ?? Number.NaN));
    expect(lowest / (first?.metrics[0]?.value ?? 0)).toBeLessThan(0.75);
  });

  test("keeps quiet about a change that luck explains, a retarget, and with too little history", () => {
    expect(detect(hashRate, [...usual, ...many(500, () => ({ wait: 720 }))])).toEqual([]);
    expect(detect(hashRate, [...usual, ...many(500, () => ({ wait: 1_200, difficulty: 2 }))])).toEqual([]);
    expect(detect(hashRate, [...many(288, () => ({})), ...many(144, () => ({ wait: 1_200 }))])).toEqual([]);
  });
});

describe("pool-run", () => {
  /** One of ten blocks is Hazel Pool's. */
  const usual = many(2_100, (at) => ({ pool: at % 10 === 0 ? "Hazel Pool" : "Alder Pool" }));

  test("tells a pool that finds many blocks in a row once, by its own share", () => {
    const signals = detect(poolRun, [...usual, ...many(14, () => ({ pool: "Hazel Pool" }))]);
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatchObject({
      subject: { actor: "Hazel Pool", kind: "pool" },
      surprise: { percentile: 100, sampleSize: 1_993 },
    });
    const [{ value, baseline, level } = { value: 0, baseline: 0, level: 0 }] = signals[0]?.metrics ?? [];
    expect(value).toBe((level ?? 0) + 1);
    expect(baseline).toBeCloseTo(2.4, 1);
  });

  test("keeps quiet about a large pool with as many, and with too little history", () => {
    expect(detect(poolRun, [...usual, ...many(14, () => ({}))])).toEqual([]);
    expect(detect(poolRun, [...usual.slice(0, 1_500), ...many(14, () => ({ pool: "Hazel Pool" }))])).toEqual([]);
  });
});

describe("empty-block", () => {
  const usual = many(2_200, (at) => ({ isEmpty: at % 300 === 0 }));

  test("tells a day with more empty blocks than chance makes, of a pool or of all", () => {
    const ofPool = many(40, (at) => ({ pool: "Hazel Pool", isEmpty: at % 10 === 0 }));
    const [signal, ...more] = detect(emptyBlock, [...usual, ...ofPool]);
    expect(more).toEqual([]);
    expect(signal).toMatchObject({ subject: { actor: "Hazel Pool" }, direction: "above" });
    const ofAll = many(100, (at) => ({ pool: `Pool ${at}`, isEmpty: at % 10 === 0 }));
    expect(detect(emptyBlock, [...usual, ...ofAll])).toMatchObject([{ subject: null }]);
  });

  test("keeps quiet about one empty block, and with too little history", () => {
    expect(detect(emptyBlock, [...usual, { isEmpty: true }])).toEqual([]);
    expect(detect(emptyBlock, [...usual.slice(0, 1_000), ...many(20, () => ({ isEmpty: true }))])).toEqual([]);
  });
});
