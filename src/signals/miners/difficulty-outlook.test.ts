import { describe, expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import { SeriesBook } from "../baseline/series-book.ts";
import { openStatement, resolveStatement } from "../outcomes/resolve-statement.ts";
import type { BlockRow, Signal } from "../signal.ts";
import { difficultyOutlook } from "./difficulty-outlook.ts";

const PERIOD = 2_016;
const LAST = 2 * PERIOD - 1;

type Chain = {
  /** Seconds from block to block in the second period. */
  readonly spacing: number;
  readonly before?: number;
  readonly difficultyAt?: (height: number) => number;
};

function rowOf(height: number, time: number, difficulty: number): BlockRow {
  const features = { height, time, difficulty, blockhash: height.toString(16).padStart(64, "0") as BlockHash };
  return { features, transfers: [], flows: { entities: [] } } as unknown as BlockRow;
}

/** What is told in two periods, of which the second comes at another pace. */
function tell({ spacing, before = 600, difficultyAt = (height) => (height < PERIOD ? 90 : 100) }: Chain): Signal[] {
  const book = new SeriesBook();
  let time = 1_700_000_000;
  return Array.from({ length: LAST + 1 }, (_, height) => height).flatMap((height) => {
    time += height <= PERIOD ? before : spacing;
    const found = difficultyOutlook.detect(rowOf(height, time, difficultyAt(height)), book);
    book.endBlock();
    return [...found];
  });
}

describe("the next difficulty", () => {
  test("is told once, two days before, where it will differ by more than luck makes it", () => {
    const [signal, ...others] = tell({ spacing: 500 });
    expect(others).toEqual([]);
    expect(signal).toMatchObject({ height: PERIOD + 1_728, startHeight: PERIOD, direction: "above", surprise: null });
    const [change, least, took] = signal?.metrics ?? [];
    // Blocks that have come at 500 s, and a few more at nearly that.
    expect(change?.value).toBeCloseTo(20, 0);
    expect(least?.value).toBeGreaterThan(17);
    expect(least?.value).toBeLessThan(change?.value ?? 0);
    expect(took).toMatchObject({ value: 1_728 * 500, baseline: 1_728 * 600 });
    expect(tell({ spacing: 700 })).toMatchObject([{ direction: "below" }]);
  });

  test("is not told where luck alone may make it", () => {
    expect(tell({ spacing: 560 })).toEqual([]);
    expect(tell({ spacing: 645 })).toEqual([]);
    expect(tell({ spacing: 545 })).toHaveLength(1);
  });

  test("is not told of networks whose difficulty stands still, or has exceptions", () => {
    expect(tell({ spacing: 60, difficultyAt: () => 1 })).toEqual([]);
    const withException = (height: number) => (height === PERIOD + 900 ? 1 : height < PERIOD ? 90 : 100);
    expect(tell({ spacing: 500, difficultyAt: withException })).toEqual([]);
  });

  test("is decided by the first block of the next period", () => {
    const [signal] = tell({ spacing: 500 });
    if (signal === undefined) throw new Error("it is told");
    const following = (difficulty: number): BlockRow[] =>
      Array.from({ length: 288 }, (_, index) => rowOf(signal.height + 1 + index, 0, index === 287 ? difficulty : 100));
    expect(openStatement(signal)?.horizonBlocks).toBe(288);
    expect(openStatement(signal)?.claim).toContain("is higher than");
    expect(resolveStatement(signal, following(120))).toBe(true);
    expect(resolveStatement(signal, following(117))).toBe(false);
    expect(resolveStatement(signal, following(80))).toBe(false);
    expect(resolveStatement(signal, following(120).slice(0, 287))).toBeUndefined();
  });
});
