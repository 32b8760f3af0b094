import {
  assert as check,
  array,
  boolean,
  constantFrom,
  integer,
  nat,
  oneof,
  property,
  record,
  uint8Array,
} from "fast-check";
import { expect, test } from "vitest";
import { encodeUndo as encodeByReference } from "../../test/fixtures/undo-encoding.ts";
import { ByteWriter, decodeUndo, encodeUndo, type SpentOutputs } from "#bitcoin";
import { MAX_MONEY } from "./byte-reader.ts";

type Coin = { readonly height: number; readonly coinbase: boolean; readonly sats: number; readonly script: Uint8Array };

const bytes = (length: number) => uint8Array({ minLength: length, maxLength: length });
const wrapped = (length: number, before: number[], after: number[]) =>
  bytes(length).map((middle) => Uint8Array.from([...before, ...middle, ...after]));
const coin = record({
  height: integer({ min: 1, max: 2 ** 31 - 1 }),
  coinbase: boolean(),
  sats: oneof(
    nat(MAX_MONEY),
    nat(21_000_000).map((btc) => btc * 1e8),
    constantFrom(0, MAX_MONEY),
  ),
  script: oneof(
    wrapped(20, [0x76, 0xa9, 0x14], [0x88, 0xac]),
    wrapped(20, [0x76, 0xa9, 0x14], [0x88, 0xad]),
    wrapped(20, [0xa9, 0x14], [0x87]),
    wrapped(20, [0x00, 0x14], []),
    wrapped(32, [33, 2], [0xac]),
    wrapped(32, [33, 3], [0xac]),
    wrapped(32, [33, 4], [0xac]),
    wrapped(64, [65, 4], [0xac]),
    uint8Array({ maxLength: 300 }),
  ),
});
const transactions = array(array(coin, { minLength: 1, maxLength: 5 }), { maxLength: 8 });

function spentOf(made: readonly (readonly Coin[])[]): SpentOutputs & { isCoinbase: (coin: number) => boolean } {
  const writer = new ByteWriter();
  writer.compactSize(made.length + 1);
  writer.compactSize(0);
  for (const coins of made) {
    writer.compactSize(coins.length);
    for (const { sats, script } of coins) {
      writer.u64(sats);
      writer.sizedBytes(script);
    }
  }
  const flat = made.flat();
  const coinHeights = Uint32Array.from(flat, ({ height }) => height);
  return { bytes: writer.toBytes(), coinHeights, isCoinbase: (at) => flat[at]?.coinbase === true };
}

test("what is encoded is decoded again, a coin of block 0 with its height", () => {
  const asOfBlock0 = (made: Coin): Coin => (made.coinbase && made.height % 2 === 0 ? { ...made, height: 0 } : made);
  check(
    property(transactions, (made) => {
      const { isCoinbase, ...spent } = spentOf(made.map((coins) => coins.map(asOfBlock0)));
      expect(decodeUndo(encodeUndo(spent, isCoinbase))).toEqual(spent);
    }),
  );
});

test("another encoder writes the same bytes", () => {
  const isUncompressed = ({ script }: Coin) => script.length === 67;
  check(
    property(transactions, (made) => {
      const { bytes: spent, coinHeights = new Uint32Array(0) } = spentOf(
        made.map((coins) => coins.filter((each) => !isUncompressed(each))),
      );
      const encoded = encodeUndo({ bytes: spent, coinHeights }, () => false);
      expect(encoded).toEqual(encodeByReference({ bytes: spent, coinHeights }));
    }),
  );
});

test("the lowest bit of a height says that a coinbase made the coin", () => {
  const made = { height: 100, coinbase: true, sats: 5e9, script: Uint8Array.from([0x51]) };
  const { isCoinbase, ...spent } = spentOf([[made]]);
  // One transaction, one coin: 201 in two groups, no version, 5 · 10^9 with ten zeros but one, a script of one byte.
  expect([...encodeUndo(spent, isCoinbase)]).toEqual([1, 1, 0x80, 0x49, 0, 50, 7, 0x51]);
});

test("without heights there is no undo", () => {
  const { bytes: spent } = spentOf([[{ height: 1, coinbase: false, sats: 1, script: new Uint8Array(0) }]]);
  expect(() => encodeUndo({ bytes: spent }, () => false)).toThrow("the height of every coin");
});
