import { describe, expect, test } from "vitest";
import { timeOf } from "./chain-time.ts";
import { drawFeeRate, drawTransactionCount, type FeeDemand, firstDemand, levelOf, nextDemand } from "./fee-demand.ts";
import { Random } from "./random.ts";

const random = new Random("fee demand");

function demandOver(blocks: number): FeeDemand[] {
  const series = [firstDemand(random)];
  while (series.length < blocks) {
    const last = series.at(-1);
    if (last !== undefined) series.push(nextDemand(last, random, timeOf(series.length)));
  }
  return series;
}

const series = demandOver(50_000);
const everyday = series.map(({ octaves }) => 2 ** octaves).toSorted((left, right) => left - right);
const surges = series.filter(
  (demand, index) => demand.surgeBlocksLeft > 0 && (series[index - 1]?.surgeBlocksLeft ?? 0) <= 1,
);

describe("fee demand", () => {
  test("is 2 to 15 sat/vB nearly always, around 4 to 5", () => {
    const share = everyday.filter((rate) => rate >= 2 && rate <= 15).length / everyday.length;
    expect(share).toBeGreaterThan(0.97);
    expect(everyday[25_000]).toBeGreaterThan(4);
    expect(everyday[25_000]).toBeLessThan(5.5);
  });

  test("surges once in 80 to 150 blocks, for 3 to 10 of them, to 5 to 20 times the level", () => {
    const spacing = series.length / surges.length;
    expect(spacing).toBeGreaterThan(80);
    expect(spacing).toBeLessThan(150);
    expect(Math.min(...surges.map(({ surgeBlocksLeft }) => surgeBlocksLeft))).toBe(3);
    expect(Math.max(...surges.map(({ surgeBlocksLeft }) => surgeBlocksLeft))).toBe(10);
    for (const surge of surges) {
      const factor = 2 ** (levelOf(surge) - surge.octaves);
      expect(factor).toBeGreaterThanOrEqual(5);
      expect(factor).toBeLessThanOrEqual(20);
    }
  });

  test("ends a surge after as many blocks as it began with", () => {
    const start = series.findIndex(({ surgeBlocksLeft }) => surgeBlocksLeft > 0);
    const length = series[start]?.surgeBlocksLeft ?? 0;
    const level = (index: number) => series[index]?.surgeOctaves;
    expect(level(start + length - 1)).toBe(level(start));
    expect(level(start + length)).toBe(0);
  });

  test("is higher in the afternoon than at night", () => {
    const mean = (from: number, to: number) => {
      const chosen = series.filter((_, index) => {
        const hour = Math.floor(timeOf(index) / 3600) % 24;
        return hour >= from && hour < to;
      });
      return chosen.reduce((sum, { octaves }) => sum + octaves, 0) / chosen.length;
    };
    expect(mean(15, 20)).toBeGreaterThan(mean(3, 8) + 0.3);
  });

  test("draws fee rates around the level, never below 1 sat/vB, and more transactions when it is high", () => {
    const calm: FeeDemand = { octaves: 2, surgeOctaves: 0, surgeBlocksLeft: 0, blocksToSurge: 9 };
    const surge: FeeDemand = { octaves: 2, surgeOctaves: 4, surgeBlocksLeft: 2, blocksToSurge: 9 };
    const median = (demand: FeeDemand, draw: typeof drawTransactionCount) =>
      Array.from({ length: 2_001 }, () => draw(demand, random)).toSorted((left, right) => left - right)[1_000];
    expect(median(calm, drawFeeRate)).toBeCloseTo(4, 0);
    expect(Math.abs((median(surge, drawFeeRate) ?? 0) / 64 - 1)).toBeLessThan(0.1);
    expect(drawFeeRate(calm, random, -20)).toBe(1);
    expect(median(surge, drawTransactionCount)).toBeGreaterThan((median(calm, drawTransactionCount) ?? 0) + 20);
    for (let draw = 0; draw < 1_000; draw += 1) {
      expect(drawTransactionCount(surge, random)).toBeLessThanOrEqual(80);
      expect(drawTransactionCount(calm, random)).toBeGreaterThanOrEqual(20);
    }
  });
});
