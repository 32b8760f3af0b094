import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pseudoRandom } from "../../../test/helpers/pseudo-random.ts";
import { brierScore, brierSkill } from "./brier.ts";
import { calibrate, learnCalibration } from "./calibration-map.ts";
import { baseRate } from "./forecast.ts";
import { coverage, meanWidth, winklerScore } from "./interval-scores.ts";
import { perfectErrorBand } from "./perfect-forecaster.ts";
import { poissonLimit } from "./poisson-limit.ts";
import { expectedCalibrationError, reliabilityBins } from "./reliability.ts";

const runs = { numRuns: 200, seed: 11 };
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const forecast = fc.record({ probability: unit, outcome: fc.boolean() });
const forecasts = fc.array(forecast, { minLength: 1, maxLength: 60 });

describe("brier", () => {
  test("scores by hand", () => {
    const said = [
      { probability: 1, outcome: true },
      { probability: 0.5, outcome: false },
      { probability: 0.2, outcome: false },
    ];
    expect(brierScore(said)).toBeCloseTo((0 + 0.25 + 0.04) / 3, 12);
    expect(brierSkill(said)).toBeCloseTo(1 - 0.29 / 3 / (2 / 9), 12);
    expect(brierSkill([{ probability: 0.3, outcome: true }])).toBeUndefined();
  });

  test("the base rate has no skill, and what is right has all", () => {
    fc.assert(
      fc.property(forecasts, (said) => {
        const rate = baseRate(said);
        fc.pre(rate > 0 && rate < 1);
        expect(brierSkill(said.map(({ outcome }) => ({ outcome, probability: rate })))).toBeCloseTo(0, 9);
        expect(brierSkill(said.map(({ outcome }) => ({ outcome, probability: +outcome })))).toBe(1);
        // A proper score: whoever says another rate all the time fares worse.
        expect(brierSkill(said.map(({ outcome }) => ({ outcome, probability: (rate + 1) / 2 })))).toBeLessThan(0);
      }),
      runs,
    );
  });
});

describe("reliability", () => {
  test("bins have equal mass, in order, and hold all that was said and came", () => {
    fc.assert(
      fc.property(forecasts, fc.integer({ min: 1, max: 15 }), (said, asked) => {
        const bins = reliabilityBins(said, asked);
        expect(bins).toHaveLength(Math.min(asked, said.length));
        const counts = bins.map(({ count }) => count);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        const total = (read: (bin: (typeof bins)[number]) => number): number =>
          bins.reduce((sum, bin) => sum + bin.count * read(bin), 0);
        expect(total(({ observed }) => observed)).toBeCloseTo(said.filter(({ outcome }) => outcome).length, 9);
        expect(total((bin) => bin.meanProbability)).toBeCloseTo(
          said.reduce((sum, { probability }) => sum + probability, 0),
          9,
        );
        for (const [place, { meanProbability }] of bins.entries()) {
          expect(meanProbability).toBeGreaterThanOrEqual((bins[place - 1]?.meanProbability ?? 0) - 1e-12);
        }
        expect(reliabilityBins(said.toReversed(), asked)).toEqual(bins);
      }),
      runs,
    );
  });

  test("the error is that of each bin, weighted", () => {
    const said = [...Array(30).keys()].map((place) => ({
      probability: place < 20 ? 0.2 : 0.9,
      outcome: place < 20 ? place < 6 : place < 26,
    }));
    expect(expectedCalibrationError(said, 3)).toBeCloseTo((20 * 0.1 + 10 * 0.3) / 30, 12);
    expect(expectedCalibrationError(said, 1)).toBeCloseTo(Math.abs(13 / 30 - 12 / 30), 12);
  });

  test("whoever says the truth lies within the band nineteen times of twenty, a liar above it", () => {
    const draw = pseudoRandom(5);
    const probabilities = Array.from({ length: 300 }, draw);
    const [low, high] = perfectErrorBand(probabilities, { bins: 10, draws: 200, draw });
    const errorOf = (bias: number): number =>
      expectedCalibrationError(
        probabilities.map((probability) => ({ probability, outcome: draw() < probability * bias })),
        10,
      );
    const within = Array.from({ length: 200 }, () => errorOf(1)).filter((error) => error >= low && error <= high);
    expect(within.length).toBeGreaterThan(180);
    expect(within.length).toBeLessThan(200);
    expect(errorOf(0.6)).toBeGreaterThan(high);
  });
});

describe("calibration map", () => {
  const outcomes = fc.array(fc.record({ score: fc.integer({ min: -5, max: 5 }), outcome: fc.boolean() }), {
    maxLength: 80,
  });

  test("learns classes by hand", () => {
    const learnt = learnCalibration(
      [
        { score: 1, outcome: false },
        { score: 3, outcome: true },
        { score: 2, outcome: false },
        { score: 4, outcome: false },
        { score: 5, outcome: true },
      ],
      "seed 11",
    );
    expect(learnt).toEqual({
      format: 1,
      version: "seed 11",
      count: 5,
      classes: [
        { from: 1, count: 2, came: 0, probability: 0.25 },
        { from: 3, count: 2, came: 1, probability: 0.5 },
        { from: 5, count: 1, came: 1, probability: 2 / 3 },
      ],
    });
    expect([0, 2.5, 3, 9].map((score) => calibrate(learnt, score))).toEqual([0.25, 0.25, 0.5, 2 / 3]);
  });

  test("rises with the score, never says never or always, counts all, and survives JSON", () => {
    fc.assert(
      fc.property(outcomes, (seen) => {
        const learnt = learnCalibration(seen, "one");
        expect(JSON.parse(JSON.stringify(learnt))).toEqual(learnt);
        expect(learnt.classes.reduce((sum, { count }) => sum + count, 0)).toBe(seen.length);
        const said = Array.from({ length: 13 }, (_, place) => calibrate(learnt, place - 6));
        if (seen.length === 0) {
          expect(new Set(said)).toEqual(new Set([undefined]));
          return;
        }
        for (const [place, probability] of said.entries()) {
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThan(1);
          expect(probability).toBeGreaterThanOrEqual(said[place - 1] ?? 0);
        }
        expect(learnCalibration(seen.toReversed(), "one")).toEqual(learnt);
      }),
      runs,
    );
  });

  test("finds back how often scores come true", () => {
    const draw = pseudoRandom(3);
    const seen = Array.from({ length: 4_000 }, () => {
      const score = draw();
      return { score, outcome: draw() < score ** 2 };
    });
    const learnt = learnCalibration(seen, "squares");
    for (const score of [0.3, 0.5, 0.7, 0.9]) {
      expect(Math.abs((calibrate(learnt, score) ?? 0) - score ** 2)).toBeLessThan(0.1);
    }
  });
});

test("a Poisson count exceeds its limit in at most one of twenty times, and the count below it does not do", () => {
  // Tables: P(X ≤ 3 | 1) = 0.981, P(X ≤ 2 | 1) = 0.920; P(X ≤ 15 | 10) = 0.951, P(X ≤ 14 | 10) = 0.917.
  expect([0, 0.05, 1, 10].map((expected) => poissonLimit(expected))).toEqual([0, 0, 3, 15]);
  expect(poissonLimit(1_000)).toBe(1_052);
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 60, noNaN: true }), (expected) => {
      const upTo = (count: number): number => {
        let term = Math.exp(-expected);
        let sum = count < 0 ? 0 : term;
        for (let next = 1; next <= count; next += 1) sum += term *= expected / next;
        return sum;
      };
      const limit = poissonLimit(expected);
      expect(upTo(limit)).toBeGreaterThanOrEqual(0.95 - 1e-9);
      expect(upTo(limit - 1)).toBeLessThan(0.95 + 1e-9);
    }),
    runs,
  );
});

describe("intervals", () => {
  test("scores by hand", () => {
    const said = [
      { low: 0, high: 10, value: 10 },
      { low: 0, high: 10, value: 13 },
      { low: 0, high: 4, value: -1 },
    ];
    expect(coverage(said)).toBeCloseTo(1 / 3, 12);
    expect(meanWidth(said)).toBe(8);
    expect(winklerScore(said, 0.8)).toBeCloseTo((10 + 40 + 14) / 3, 9);
  });

  test("no other interval scores less than the true quantiles", () => {
    const draw = pseudoRandom(9);
    const values = Array.from({ length: 4_000 }, draw);
    const scoreOf = (low: number, high: number): number =>
      winklerScore(
        values.map((value) => ({ low, high, value })),
        0.8,
      );
    const best = scoreOf(0.1, 0.9);
    for (const [low, high] of [
      [0, 1],
      [0.2, 0.8],
      [0, 0.8],
      [0.15, 0.95],
    ] as const) {
      expect(scoreOf(low, high)).toBeGreaterThan(best);
    }
  });

  test("a value that was told and differs in its last digit lies within", () => {
    const told = Math.log2(2 ** Math.log2(3));
    expect(coverage([{ low: told + 1e-12, high: 2, value: told }])).toBe(1);
    expect(coverage([{ low: told + 1e-6, high: 2, value: told }])).toBe(0);
  });
});
