import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { coverage, PeriodForecasts } from "#signals";
import { describeWithRealBlocks } from "./helpers/real-blocks.ts";

const DAYS_OF_PERIOD = 14;
const BLOCKS_OF_DAY = 144;
const TARGET_SECONDS = 600;

/** Hashes a second, day by day from 2018 on. */
function readHashRates(folder: string): number[] {
  const [head = "", ...lines] = readFileSync(join(folder, "series", "coinmetrics_btc_daily.csv"), "utf8").split("\n");
  const column = head.split(",").indexOf("HashRate");
  const rates = lines.filter((line) => line >= "2018").map((line) => Number(line.split(",")[column]));
  return rates.filter((rate) => rate > 0);
}

type Scored = Parameters<typeof coverage>[0][number];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Header times of each 144th block, if blocks had come as those hash rates against a difficulty that follows each period. */
function timesOf(rates: readonly number[]): number[] {
  const times = [0];
  for (const [day, rate] of rates.entries()) {
    const start = day - (day % DAYS_OF_PERIOD);
    const before = start === 0 ? rate : mean(rates.slice(start - DAYS_OF_PERIOD, start));
    times.push((times.at(-1) ?? 0) + Math.round((BLOCKS_OF_DAY * TARGET_SECONDS * before) / rate));
  }
  return times;
}

describeWithRealBlocks("the main network's hash rate since 2018", (real) => {
  test("moves the next difficulty no further than its intervals say", () => {
    const times = timesOf(readHashRates(dirname(real.blocks)));
    const forecasts = new PeriodForecasts(NETWORKS.mainnet, []);
    const forecastAt: Scored[][] = [[], [], []];
    for (const [day, time] of times.entries()) {
      const made = forecasts.take({ height: day * BLOCKS_OF_DAY, time, bits: 0x17055b3f });
      const start = day - (day % DAYS_OF_PERIOD);
      const [from, to] = [times[start], times[start + DAYS_OF_PERIOD]];
      const statement = made.find(({ kind }) => kind === "next-difficulty")?.statement;
      if (from === undefined || to === undefined || statement === undefined || day === start) continue;
      const value = (DAYS_OF_PERIOD * BLOCKS_OF_DAY * TARGET_SECONDS) / (to - from) - 1;
      for (const [place, { low, high }] of statement.intervals.entries()) forecastAt[place]?.push({ low, high, value });
    }
    expect(forecastAt[0]?.length).toBe(2_782);
    // Of intervals that claim 50, 80 and 95 %. docs/reference/forecasts.md tells the same.
    expect(forecastAt.map((made) => Math.round(coverage(made) * 100))).toEqual([54, 82, 94]);
  });
});
