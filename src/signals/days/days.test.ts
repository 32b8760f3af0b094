import { describe, expect, test } from "vitest";
import { DETECTORS } from "../detectors.ts";
import { Detection } from "../detection.ts";
import { type DayFigures, feeRateOfDay } from "./day-figures.ts";
import { findInDays, strongestOfKinds } from "./find-in-days.ts";
import { paceOfDay, rowOfDay } from "./row-of-day.ts";

/** Numbers between 0 and 1, the same in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const BTC = 100_000_000;
const RUSH = 2_300;
const FEE_RUSH = 2_600;

/** Seven years of days with one rush to exchanges, and one of fees. */
function days(length = 2_700): DayFigures[] {
  const random = pseudoRandom(11);
  return Array.from({ length }, (_, day) => ({
    inflow: Math.floor((20_000 + 10_000 * random()) * BTC * (day >= RUSH && day < RUSH + 5 ? 6 : 1)),
    outflow: Math.floor((20_000 + 10_000 * random()) * BTC),
    feeRate: (10 + 5 * random()) * (day >= FEE_RUSH && day < FEE_RUSH + 5 ? 30 : 1),
    blocks: 140 + Math.floor(8 * random()),
  }));
}

describe("what stands out in a daily series", () => {
  test("a rush is found on its first days by the detector of its kind, and nothing else is", () => {
    const { findings } = findInDays(days());
    expect(findings.map(({ kind }) => kind)).toEqual(["inflow-spike", "fee-spike"]);
    const [inflow, fees] = findings;
    expect(inflow).toMatchObject({ direction: "above", unit: "sats", firstDay: (inflow?.day ?? 0) - 8 });
    expect(inflow?.day).toBeGreaterThanOrEqual(RUSH);
    expect(inflow?.day).toBeLessThan(RUSH + 5);
    expect(fees?.day).toBeGreaterThanOrEqual(FEE_RUSH);
    expect(fees?.day).toBeLessThan(FEE_RUSH + 5);
    for (const { value, level, strength } of findings) expect(strength).toBeCloseTo(value / level, 9);
  });

  test("only what the figures are there for is looked for", () => {
    const kindsOf = (change: Partial<DayFigures>): string[] =>
      findInDays(days(30).map((day) => ({ ...day, ...change }))).kinds.map(({ kind }) => kind);
    expect(kindsOf({ feeRate: null, outflow: null })).toEqual(["inflow-spike"]);
    expect(kindsOf({ inflow: null })).toEqual(["fee-spike", "fee-level", "outflow-spike"]);
    expect(kindsOf({ inflow: null, outflow: null, feeRate: null })).toEqual([]);
    expect(kindsOf({})).toEqual(expect.arrayContaining(["inflow-streak", "outflow-streak", "reserve-change"]));
  });

  test("the detectors of days ask a day for nothing that it has not", () => {
    const asked = new Set<string>();
    const { kinds } = findInDays(days(10));
    const names = new Set(kinds.map(({ kind }) => kind));
    const detection = new Detection(DETECTORS.filter(({ kind }) => names.has(kind)));
    for (const [height, day] of days().entries()) {
      const row = rowOfDay(day, { height, time: 600 * height });
      const features = new Proxy(row.features, {
        get: (target, name, receiver) => {
          if (!(name in target)) asked.add(String(name));
          return Reflect.get(target, name, receiver);
        },
      });
      detection.take({ ...row, features });
    }
    expect([...asked]).toEqual([]);
  });

  test("an unknown day is no day of nothing, and does not stand out", () => {
    const gap = { inflow: null, outflow: null, feeRate: null, blocks: null };
    const withGap = days().map((day, at) => (at >= 1_000 && at < 1_010 ? gap : day));
    expect(findInDays(withGap).findings.map(({ kind, day }) => [kind, day])).toEqual(
      findInDays(days()).findings.map(({ kind, day }) => [kind, day]),
    );
    // Of too many unknown days nothing is said: less than nine in ten of those looked back on are there.
    const mostlyGap = days().map((day, at) => (at >= 500 && at < 1_000 ? gap : day));
    expect(findInDays(mostlyGap).findings).toEqual([]);
  });

  test("the strongest of each kind come first, so many at most", () => {
    const twice = days(3_400).map((day, at) =>
      at >= 3_000 && at < 3_005 ? { ...day, inflow: (day.inflow ?? 0) * 20 } : day,
    );
    const found = findInDays(twice);
    const ofInflow = found.findings.filter(({ kind }) => kind === "inflow-spike");
    expect(ofInflow.length).toBe(2);
    const strongest = strongestOfKinds(found, 1).filter(({ kind }) => kind === "inflow-spike");
    expect(strongest).toEqual([ofInflow.toSorted((left, right) => right.strength - left.strength)[0]]);
  });

  test("fees of a day are a rate by the room of its blocks, and a slow day takes more of a row's time", () => {
    expect(feeRateOfDay(144 * 5_000_000, 144)).toBe(5);
    expect(feeRateOfDay(1, 0)).toBeNull();
    const day = { inflow: null, outflow: null, feeRate: null };
    expect([144, 72, null].map((blocks) => paceOfDay({ ...day, blocks }))).toEqual([600, 1_200, 600]);
  });
});
