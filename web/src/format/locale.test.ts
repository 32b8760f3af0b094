import { afterEach, expect, test } from "vitest";
import { chooseLocale, onLocale, readerLocale } from "./locale.ts";
import { formatBtc } from "./numbers.ts";
import { formatDay } from "./times.ts";

afterEach(() => chooseLocale(null));

test("all numbers and times are written as somebody chose it, and who shows them is told", () => {
  let told = 0;
  const leave = onLocale(() => (told += 1));
  chooseLocale("de-DE");
  expect([formatBtc(123_450_000_000), formatDay("2031-01-14T14:02:10Z")]).toEqual(["1.234,5 BTC", "14.01.2031"]);
  chooseLocale("de-DE");
  chooseLocale("en-GB");
  expect([formatBtc(123_450_000_000), formatDay("2031-01-14T14:02:10Z")]).toEqual(["1,234.5 BTC", "14 Jan 2031"]);
  expect(told).toBe(2);
  leave();
  chooseLocale(null);
  expect([readerLocale(), told]).toEqual([undefined, 2]);
});
