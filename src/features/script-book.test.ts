import fc from "fast-check";
import { expect, test } from "vitest";
import { scriptTypeIndex } from "#bitcoin";
import { bytes } from "../../test/fixtures/hand-built-block.ts";
import { NO_SCRIPT, ScriptBook } from "./script-book.ts";
import { ScriptColumns } from "./script-columns.ts";

const nobody = {
  version: 0,
  entities: [],
  entityOf: () => -1,
  poolByPayoutScript: () => undefined,
  poolByCoinbaseText: () => undefined,
};

/** Scripts one after the other, in either buffer. */
function lay(scripts: readonly Uint8Array[]) {
  const buffer = Uint8Array.from(scripts.flatMap((script) => [...script]));
  let offset = 0;
  const places = scripts.map((script) => {
    const start = offset;
    offset += script.length;
    return { start, end: offset };
  });
  return { buffer, places };
}

test("equal scripts have one number, wherever they stand, and different ones never the same", () => {
  // Few different bytes, so that many are equal or nearly so.
  const script = fc.uint8Array({ min: 0, max: 1, minLength: 0, maxLength: 9 });
  const scripts = fc.array(fc.tuple(script, fc.boolean()), { maxLength: 300 });
  fc.assert(
    fc.property(scripts, (entered) => {
      const { buffer, places } = lay(entered.map(([bytesOf]) => bytesOf));
      const book = new ScriptBook(
        { block: buffer, spent: buffer, seed: 7 },
        { labels: nobody, isWatched: undefined },
        new ScriptColumns(),
      );
      const numbers = new Map<string, number>();
      places.forEach(({ start, end }, index) => {
        const type = scriptTypeIndex(buffer, start, end);
        const key = Buffer.from(buffer.subarray(start, end)).toString("hex");
        const inBlock = entered[index]?.[1] === true;
        const number = inBlock ? book.enterOutput(start, end, type) : book.enterSpent(start, end, type);
        expect(book.wasKnown).toBe(numbers.has(key));
        expect(number).toBe(numbers.get(key) ?? numbers.size);
        numbers.set(key, number);
      });
    }),
    { numRuns: 60, seed: 11 },
  );
});

test("OP_RETURN pays nobody; owners and spenders are kept with the script", () => {
  const { buffer, places } = lay([bytes("6a01ff"), bytes("0014aa"), bytes("0014bb")]);
  const labels = { ...nobody, entityOf: (from: Uint8Array, start: number) => (from[start + 2] === 0xaa ? 3 : -1) };
  const isWatched = (from: Uint8Array, start: number): boolean => from[start + 2] === 0xbb;
  const book = new ScriptBook(
    { block: buffer, spent: new Uint8Array(0), seed: 7 },
    { labels, isWatched },
    new ScriptColumns(),
  );
  const [carrier, owned, watched] = places.map(({ start, end }) =>
    book.enterOutput(start, end, scriptTypeIndex(buffer, start, end)),
  );
  expect(carrier).toBe(NO_SCRIPT);
  expect([carrier, owned, watched].map((script) => book.ownerOf(script ?? NO_SCRIPT))).toEqual([-1, 3, -1]);
  expect([carrier, owned, watched].map((script) => book.isWatched(script ?? NO_SCRIPT))).toEqual([false, false, true]);
  book.markSpent(owned ?? NO_SCRIPT, 7);
  book.markSpent(NO_SCRIPT, 8);
  expect([carrier, owned, watched].map((script) => book.lastSpentIn(script ?? NO_SCRIPT))).toEqual([-1, 7, -1]);
});
