import fc from "fast-check";
import { expect, test } from "vitest";
import { betaBinomialTail } from "./beta-binomial.ts";
import { judgeRun } from "./judge-run.ts";
import { normalTail } from "./normal-tail.ts";
import { SeriesBook } from "./series-book.ts";
import { ratioLevel, ratioSpread } from "./window-ratio.ts";

test.each([
  [0, 0.5],
  [1.959964, 0.025],
  [3.090232, 0.001],
  [-1, 0.8413447461],
])("normal tail beyond %f as in the tables, within the bound of its formula", (z, tail) => {
  expect(Math.abs(normalTail(z) - tail)).toBeLessThan(7.5e-8);
});

test("beta(1, 1) makes every number of successes as probable, and no chance is left over", () => {
  const trialsAndLeast = fc
    .integer({ min: 1, max: 200 })
    .chain((trials) => fc.tuple(fc.constant(trials), fc.integer({ min: 0, max: trials })));
  fc.assert(
    fc.property(trialsAndLeast, ([trials, least]) => {
      expect(betaBinomialTail(least, trials, { a: 1, b: 1 })).toBeCloseTo((trials + 1 - least) / (trials + 1), 9);
    }),
  );
  // Two trials, chance beta(2, 3): both succeed with E[p²] = 2·3/(5·6).
  expect(betaBinomialTail(2, 2, { a: 2, b: 3 })).toBeCloseTo(0.2, 12);
});

test("the ratio of two windows has to rise further the shorter they are and the smaller the budget", () => {
  expect(ratioSpread({ now: 144, before: 288 })).toBeCloseTo(0.1472, 4);
  expect(ratioLevel({ now: 144, before: 288 }, 1)).toBeCloseTo(2.937, 3);
  expect(ratioLevel({ now: 144, before: 288 }, 0.1)).toBeGreaterThan(ratioLevel({ now: 144, before: 288 }, 1));
  expect(ratioLevel({ now: 36, before: 72 }, 1)).toBeGreaterThan(ratioLevel({ now: 144, before: 288 }, 1));
});

test("a run that chance makes is told at most as often as the budget allows", () => {
  const rule = { window: 24, lookBack: 500, quietBlocks: 24, budget: 1 };
  const book = new SeriesBook();
  let state = 3;
  let told = 0;
  const months = 10;
  for (let block = 0; block < 524 + months * 4_320; block += 1) {
    state = (state * 48_271) % 2_147_483_647;
    if (judgeRun(book.memory("run"), { isHit: state / 2_147_483_647 < 0.2 }, rule) !== undefined) told += 1;
    book.endBlock();
  }
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThanOrEqual(months);
});
