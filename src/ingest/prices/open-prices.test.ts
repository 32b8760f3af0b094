import { expect, test } from "vitest";
import type { HeightRange } from "#chain";
import type { Database } from "#store";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { openPrices } from "./open-prices.ts";
import { madeUpSource } from "../../../test/helpers/made-up-source.ts";

const FIRST_HEIGHT = 25_000;
const series = { name: "a", version: "b", currency: "USD", firstDay: 10, closes: Float64Array.of(1) };

/** Knows the time of each height but one, and is stopped when it has been asked so often. */
function opening(db: Database, { missing, stopAfter }: { missing: number; stopAfter: number }) {
  const stop = new AbortController();
  const asked: HeightRange[] = [];
  const done: number[] = [];
  const unknown: string[] = [];
  const source = madeUpSource({
    firstHeight: FIRST_HEIGHT,
    now: () => 0,
    headerTimes: async (heights) => {
      asked.push(heights);
      if (asked.length === stopAfter) stop.abort();
      return Uint32Array.from({ length: heights.last - heights.first + 1 }, (_, offset) =>
        heights.first + offset === missing ? 0 : 1_000 + heights.first + offset,
      );
    },
  });
  const prices = openPrices({
    file: { series, sha256: "00".repeat(32) },
    source,
    firstHeight: FIRST_HEIGHT,
    db,
    signal: stop.signal,
    onProgress: (progress) => done.push(progress.done),
    onUnknown: (reason) => unknown.push(reason),
  });
  return { prices, asked, done, unknown };
}

test("times of older blocks are asked for piece by piece; what was interrupted goes on, and only gaps are asked again", async () => {
  const { db } = await openTestDatabase();
  const first = opening(db, { missing: 7, stopAfter: 1 });
  await first.prices;
  expect(first).toMatchObject({ asked: [{ first: 0, last: 9_999 }], done: [10_000], unknown: [] });

  const second = opening(db, { missing: 7, stopAfter: 99 });
  const prices = await second.prices;
  const rest = [
    { first: 10_000, last: 19_999 },
    { first: 20_000, last: 24_999 },
  ];
  expect(second).toMatchObject({ asked: [{ first: 7, last: 7 }, ...rest], done: [10_000, 20_000, 25_000] });
  expect(second.unknown).toEqual([
    "test does not tell when all blocks below 25000 were made: SOPR is null where their coins are spent",
  ]);
  expect([0, 7, 24_999, 25_000].map((height) => prices.timeOf(height))).toEqual([1_000, undefined, 25_999, undefined]);

  const third = opening(db, { missing: -1, stopAfter: 99 });
  await third.prices;
  expect(third).toMatchObject({ asked: [{ first: 7, last: 7 }], unknown: [] });
  const fourth = opening(db, { missing: -1, stopAfter: 99 });
  expect((await fourth.prices).timeOf(7)).toBe(1_007);
  expect(fourth.asked).toEqual([]);
});
