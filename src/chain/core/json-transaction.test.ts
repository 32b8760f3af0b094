import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJsonTransaction } from "./json-transaction.ts";

const read = (json: string) => readJsonTransaction(Buffer.from(json), "it");
const hex = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const other = fc.dictionary(
  fc.oneof(fc.constantFrom("\\", '"', "}", "he", "hexes", "ä\u{1f4a5}"), fc.string()).map((name) => `_${name}`),
  fc.jsonValue({ maxDepth: 3 }),
  { maxKeys: 4 },
);
const coin = fc.record({
  value: fc.integer({ min: 0, max: 2_100_000_000_000_000 }).map((sats) => sats / 100_000_000),
  height: fc.integer({ min: 0, max: 0xffff_ffff }),
  script: hex,
});
const order = fc.boolean();

/** As a node might tell it: with other members before or behind, in either order, and indented or not. */
function write(around: object, wanted: object, reversed: boolean): object {
  const members = [...Object.entries(around), ...Object.entries(wanted)];
  return Object.fromEntries(reversed ? members.toReversed() : members);
}

test("hex and coins are read whatever else stands around them", () => {
  const input = fc.tuple(fc.option(coin, { nil: undefined }), other, order);
  fc.assert(
    fc.property(
      hex,
      fc.array(input, { minLength: 1, maxLength: 4 }),
      other,
      order,
      order,
      (bytes, inputs, rest, reversed, indented) => {
        const vin = inputs.map(([spent, around, backwards]) => {
          if (spent === undefined) return around;
          const { value, height, script } = spent;
          const prevout = write(
            around,
            { value, height, scriptPubKey: write(around, { hex: script }, backwards) },
            backwards,
          );
          return write(around, { prevout }, backwards);
        });
        const json = JSON.stringify(write(rest, { vin, hex: bytes }, reversed), null, indented ? 2 : 0);
        const found = read(json);
        expect(Buffer.from(found.bytes).toString("hex")).toBe(bytes);
        expect(found.coins.map((one) => one && { ...one, script: Buffer.from(one.script).toString("hex") })).toEqual(
          inputs.map(([spent]) => spent && { btc: spent.value, height: spent.height, script: spent.script }),
        );
      },
    ),
    { numRuns: 200 },
  );
});

describe("what is no transaction is refused:", () => {
  test.each([
    "",
    "null",
    "[]",
    "{}",
    '{"hex":"00"}',
    '{"hex":"00","vin":[]}',
    '{"hex":"00","vin":[{}]',
    '{"hex":"00","vin":[{}],}',
    '{"hex":"00" "vin":[{}]}',
    '{"hex":"00","vin":[{"a":}]}',
    '{"hex":"00","vin":[{"a":"b]}',
    '{"hex":"00","vin":[{"a":[1,2}]}]',
    '{"hex":"0g","vin":[{}]}',
    '{"hex":"000","vin":[{}]}',
    '{"hex":1,"vin":[{}]}',
    String.raw`{"hex":"00\"","vin":[{}]}`,
    '{"hex":"00","vin":[{"prevout":null}]}',
    '{"hex":"00","vin":[{"prevout":{"value":1,"height":1}}]}',
    '{"hex":"00","vin":[{"prevout":{"value":"1","height":1,"scriptPubKey":{"hex":""}}}]}',
    '{"hex":"00","vin":[{"prevout":{"value":true,"height":1,"scriptPubKey":{"hex":""}}}]}',
    '{"hex":"00","vin":[{"prevout":{"value":1,"height":-1,"scriptPubKey":{"hex":""}}}]}',
    '{"hex":"00","vin":[{"prevout":{"value":1,"height":1,"scriptPubKey":{}}}]}',
  ])("%s", (json) => {
    expect(() => read(json)).toThrow(expect.objectContaining({ code: "CHAIN_RPC_BAD_REPLY" }));
  });
});
