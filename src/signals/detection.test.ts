import { describe, expect, test } from "vitest";
import type { EntityFlow } from "#features";
import { pseudoRandom } from "../../test/helpers/pseudo-random.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { Detection, lookBackOf } from "./detection.ts";
import { DETECTORS } from "./detectors.ts";
import type { BlockRow } from "./signal.ts";

const COIN = 100_000_000;

/** A chain on which now and then something stands out, with exchanges that come and go. */
function eventfulRows(length: number): BlockRow[] {
  const random = pseudoRandom(7);
  return Array.from({ length }, (_, height) => {
    const { features, transfers, flows } = storedBlock(height);
    const isEventful = height % 97 < 3;
    const isRush = height % 1_453 < 3;
    const boost = isEventful ? 60 : 1;
    const rate = (2 + random() * 3) * boost;
    const moves = transfers.map((transfer) => {
      const value = Math.floor((100 + 300 * random()) * COIN * boost);
      return { ...transfer, value, toValue: value, kind: null, from: null, to: null };
    });
    const entities = ["early", "steady", "late"]
      .filter((name) => name === "steady" || (name === "early") === height < length / 3)
      .map((actor): EntityFlow => flowOf(actor, Math.floor(random() * 9 * COIN * (isRush ? 1_000 : 1))));
    return {
      features: { ...features, feerate_percentiles_exact: [rate / 2, rate / 1.5, rate, rate * 2, rate * 3] },
      transfers: moves,
      flows: { ...flows, entities },
    };
  });
}

function flowOf(actor: string, amount: number): EntityFlow {
  const nothing = { inHouse: 0, interEntityIn: 0, interEntityOut: 0, mined: 0, inHouseTransactions: 0 };
  const moved = { inflow: amount, outflow: amount / 2, deposits: 1, withdrawals: 1 };
  return { entity: { actor, kind: "exchange" }, ...nothing, ...moved };
}

describe("detection", () => {
  const lookBack = lookBackOf(DETECTORS);
  const rows = eventfulRows(lookBack + 900);
  const whole = new Detection();
  const told = rows.map((row) => whole.take(row));

  test("finds what stands out, and tells no more than that", () => {
    const kinds = new Set(told.flat().map(({ kind }) => kind));
    expect([...kinds]).toEqual(
      expect.arrayContaining(["fee-spike", "inflow-spike", "outflow-spike", "large-transfer"]),
    );
    expect(told.filter((signals) => signals.length > 0).length).toBeLessThan(rows.length / 2);
  });

  test.each([0, 333, 700])("tells the same by the look-back alone, %i blocks from the beginning", (from) => {
    const detection = new Detection();
    const later = rows.slice(from, from + lookBack + 200).map((row) => detection.take(row));
    expect(later.slice(lookBack)).toEqual(told.slice(from + lookBack, from + lookBack + 200));
    expect(later.slice(lookBack).flat().length).toBeGreaterThan(0);
  });

  test("a copy goes on by itself", () => {
    const detection = new Detection();
    for (const row of rows.slice(0, lookBack + 100)) detection.take(row);
    const copy = detection.copy();
    for (const row of rows.slice(0, 50)) copy.take(row);
    const rest = rows.slice(lookBack + 100).map((row) => detection.take(row));
    expect(rest).toEqual(told.slice(lookBack + 100));
  });

  test("what somebody watches changes nothing", () => {
    const [template] = storedBlock(0).transfers;
    if (template === undefined) throw new Error("a stored block has a transfer");
    const detection = new Detection();
    const watched = { ...template, value: 5, watched: true };
    const again = rows.map((row) => detection.take({ ...row, transfers: [watched, ...row.transfers] }));
    expect(again).toEqual(told);
  });
});
