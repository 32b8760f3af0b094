import { describe, expect, test } from "vitest";
import { serialize } from "node:v8";
import { eventfulRows, SURGE_BLOCKS, SURGE_EVERY } from "../../test/helpers/eventful-rows.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { Detection, lookBackOf } from "./detection.ts";
import { DETECTORS } from "./detectors.ts";

function bytesOf(detection: Detection): Uint8Array {
  return serialize(detection.state());
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

  test.each(DETECTORS.filter(({ lookBack }) => lookBack > 0).map((detector) => [detector.kind, detector] as const))(
    "%s looks back no further than it says: its state is the same, byte by byte",
    (_, detector) => {
      const [fromBeginning, fromLookBack] = [new Detection([detector]), new Detection([detector])];
      // Soon after a surge what stood out in it is told already.
      const needed = lookBackOf([detector]);
      const surges = Math.ceil((needed - SURGE_BLOCKS) / SURGE_EVERY);
      const end = surges * SURGE_EVERY + SURGE_BLOCKS + 8;
      for (const row of rows.slice(0, end)) fromBeginning.take(row);
      for (const row of rows.slice(end - needed, end)) fromLookBack.take(row);
      expect(bytesOf(fromLookBack)).toEqual(bytesOf(fromBeginning));
    },
  );

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
