import { readFileSync } from "node:fs";
import { join } from "node:path";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { assert as check, integer, oneof, property, record, array, uint8Array, constantFrom, nat } from "fast-check";
import { expect, test } from "vitest";
import { ByteWriter, CompressedKeys, decodeUndo, ParseError, type SpentOutputs } from "#bitcoin";
import { encodeUndo, writeVarInt } from "../../test/fixtures/undo-encoding.ts";
import { describeWithRealBlocks } from "../../test/helpers/real-blocks.ts";
import { MAX_MONEY } from "./byte-reader.ts";

type Coin = { readonly height: number; readonly sats: number; readonly script: Uint8Array };

function spentOf(transactions: readonly (readonly Coin[])[]): SpentOutputs {
  const writer = new ByteWriter();
  writer.compactSize(transactions.length + 1);
  writer.compactSize(0);
  for (const coins of transactions) {
    writer.compactSize(coins.length);
    for (const { sats, script } of coins) {
      writer.u64(sats);
      writer.sizedBytes(script);
    }
  }
  return { bytes: writer.toBytes(), coinHeights: Uint32Array.from(transactions.flat(), ({ height }) => height) };
}

const hash = uint8Array({ minLength: 20, maxLength: 20 });
/** Few keys, because each costs a square root. */
const keys = [1, 2, 3, 4].map((secret) => secp256k1.Point.BASE.multiply(BigInt(secret)));
const key = constantFrom(...keys);
const script = oneof(
  hash.map((bytes) => Uint8Array.from([0x76, 0xa9, 0x14, ...bytes, 0x88, 0xac])),
  hash.map((bytes) => Uint8Array.from([0xa9, 0x14, ...bytes, 0x87])),
  hash.map((bytes) => Uint8Array.from([0x00, 0x14, ...bytes])),
  key.map((point) => Uint8Array.from([33, ...point.toBytes(true), 0xac])),
  key.map((point) => Uint8Array.from([65, ...point.toBytes(false), 0xac])),
  uint8Array({ maxLength: 300 }),
  nat(10_000).map((size) => new Uint8Array(size).fill(size)),
);
const coin = record({
  height: integer({ min: 1, max: 2 ** 31 - 1 }),
  sats: oneof(
    integer({ min: 0, max: MAX_MONEY }),
    nat(21_000_000).map((btc) => btc * 1e8),
    constantFrom(0, MAX_MONEY),
  ),
  script,
});
const transactions = array(array(coin, { minLength: 1, maxLength: 5 }), { maxLength: 8 });

test("decoding gives back what was encoded", () => {
  check(
    property(transactions, (made) => {
      const spent = spentOf(made);
      expect(decodeUndo(encodeUndo(spent))).toEqual(spent);
    }),
  );
});

test("many coins and long counts are read", () => {
  const sweep = Array.from({ length: 70_000 }, (_, index) => ({
    height: 1 + index,
    sats: index,
    script: new Uint8Array(index % 3),
  }));
  const spent = spentOf([sweep, ...Array.from({ length: 300 }, () => sweep.slice(0, 2))]);
  expect(decodeUndo(encodeUndo(spent))).toEqual(spent);
});

test("a block with a coinbase alone spends nothing", () => {
  expect(decodeUndo(Uint8Array.of(0))).toEqual({ bytes: Uint8Array.of(1, 0), coinHeights: new Uint32Array(0) });
});

test("heights are unknown where an old record lacks one, and its versions are passed over", () => {
  // Two coins: height 0; height 100 made by a transaction of version 2.
  const writer = new ByteWriter();
  writer.bytes(Uint8Array.of(1, 2, 0, 0, 6));
  writeVarInt(writer, 200n);
  writer.bytes(Uint8Array.of(2, 0, 6));
  expect(decodeUndo(writer.toBytes())).toEqual({
    bytes: spentOf([Array.from({ length: 2 }, () => ({ height: 0, sats: 0, script: new Uint8Array(0) }))]).bytes,
  });
});

/** One transaction with one coin of these bytes. */
const coinOf = (...bytes: number[]): Uint8Array => Uint8Array.of(1, 1, ...bytes);
const NO_KEY = Array.from({ length: 32 }, () => 0xff);

test.each([
  ["nothing", new Uint8Array(0), "transactions: needs 1 bytes, 0 are left, at byte 0"],
  [
    "too many transactions",
    Uint8Array.of(9, 1, 2, 0, 0, 6),
    "transactions: 9 of them do not fit into the 5 bytes that are left, at byte 0",
  ],
  [
    "a long form of a short count",
    Uint8Array.of(0xfd, 1, 0),
    "transactions: compact size is not in its shortest form, at byte 0",
  ],
  ["a count of 64 bits", Uint8Array.of(0xff, 1, 0), "transactions: more than any block holds, at byte 0"],
  [
    "a transaction that spends nothing",
    Uint8Array.of(1, 0, 0, 0, 0),
    "tx 1 / spent outputs: a transaction spends at least one, at byte 1",
  ],
  ["a coin that is cut", coinOf(0x80, 0x80, 0x80), "tx 1 / spent output 0 / height: the data ends in it, at byte 2"],
  [
    "a height above 32 bits",
    coinOf(0xff, 0xff, 0xff, 0xff, 0xff, 0),
    "tx 1 / spent output 0 / height: does not fit into 32 bits, at byte 2",
  ],
  ["too much money", coinOf(0, ...NO_KEY), "tx 1 / spent output 0 / amount: does not fit into 64 bits, at byte 3"],
  [
    "a script that is too long",
    coinOf(0, 0, 0xcd, 0x17),
    "tx 1 / spent output 0 / script size: 10001 bytes are more than a script may have, at byte 4",
  ],
  ["a script that is cut", coinOf(0, 0, 7), "tx 1 / spent output 0 / script: needs 1 bytes, 0 are left, at byte 5"],
  [
    "a key that is none",
    coinOf(0, 0, 4, ...NO_KEY),
    "tx 1 / spent output 0 / script: is not the x coordinate of a public key, at byte 5",
  ],
  ["a byte too many", coinOf(0, 0, 6, 0), "end of undo: 1 bytes follow the last transaction, at byte 5"],
])("%s is refused with path and offset", (_, undo, message) => {
  expect(() => decodeUndo(undo)).toThrow(`undo: ${message}`);
});

function varInt(value: bigint): Uint8Array {
  const writer = new ByteWriter();
  writeVarInt(writer, value);
  return writer.toBytes();
}

/** A transaction with these coins, and so many usual ones behind them that none of them stands near the end. */
function amongUsual(...coins: readonly number[][]): Uint8Array {
  const usual = Array.from({ length: 50 }, () => [0x80, 0x48, 0, 9, 0, ...Array.from({ length: 20 }, () => 7)]);
  return Uint8Array.from([1, coins.length + usual.length, ...coins.flat(), ...usual.flat()]);
}

test.each([
  ["a height above 32 bits", [0xff, 0xff, 0xff, 0xff, 0xff, 0], "height: does not fit into 32 bits, at byte 2"],
  ["21 million BTC and one", [2, 0, ...varInt(21_000_001n * 10n), 6], "amount: is outside 0…21 million BTC, at byte 4"],
  ["an amount of more than 64 bits", [2, 0, ...NO_KEY], "amount: does not fit into 64 bits, at byte 4"],
  [
    "a script that is too long",
    [2, 0, 0, 0xcd, 0x17],
    "script size: 10001 bytes are more than a script may have, at byte 5",
  ],
  ["a key that is none", [2, 0, 0, 5, ...NO_KEY], "script: is not the x coordinate of a public key, at byte 6"],
])("%s is refused among usual coins too", (_, coin, message) => {
  expect(() => decodeUndo(amongUsual(coin))).toThrow(`undo: tx 1 / spent output 0 / ${message}`);
});

test("a coin of an old record among usual ones is read as well", () => {
  // No height; height 100 with a version of two bytes; height 1.
  const spent = decodeUndo(amongUsual([0, 9, 6], [0x80, 0x48, 0x80, 0x00, 9, 6], [2, 0, 9, 6]));
  expect(spent.coinHeights).toBeUndefined();
  const known = decodeUndo(amongUsual([0x80, 0x48, 0x80, 0x00, 9, 6], [2, 0, 9, 6]));
  expect([...(known.coinHeights ?? [])].slice(0, 3)).toEqual([100, 1, 100]);
  expect(Buffer.from(known.bytes).toString("hex")).toMatch(
    /^020034(00e1f505000000000{2}){2}(00e1f505000000001976a914(07){20}88ac){50}$/,
  );
});

test("keys that are passed on change nothing", () => {
  const keys = new CompressedKeys();
  check(
    property(transactions, (made) => {
      const undo = encodeUndo(spentOf(made));
      expect(decodeUndo(undo, keys)).toEqual(decodeUndo(undo));
    }),
  );
});

test("more than 21 million BTC are refused", () => {
  const writer = new ByteWriter();
  writer.bytes(Uint8Array.of(1, 1, 0));
  writeVarInt(writer, 21_000_001n * 10n);
  writer.u8(6);
  expect(() => decodeUndo(writer.toBytes())).toThrow("amount: is outside 0…21 million BTC, at byte 3");
});

test("damaged bytes end in a parse error or in other coins, never in anything else", () => {
  check(
    property(transactions, nat(), integer({ min: 1, max: 255 }), (made, where, flip) => {
      const undo = encodeUndo(spentOf(made));
      undo[where % undo.length] = (undo[where % undo.length] ?? 0) ^ flip;
      expectParseErrorOrCoins(undo);
      const cut = undo.subarray(0, where % undo.length);
      expectParseErrorOrCoins(cut);
    }),
  );
});

function expectParseErrorOrCoins(undo: Uint8Array): void {
  try {
    expect(decodeUndo(undo).bytes.length).toBeGreaterThan(1);
  } catch (error) {
    expect(error).toBeInstanceOf(ParseError);
    const offset = error instanceof ParseError ? error.offset : -1;
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(undo.length);
  }
}

type UndoRecord = { readonly data_offset: number; readonly size: number; readonly height: number };

describeWithRealBlocks("undo records of real blocks", ({ blocks }) => {
  test.each(["plain", "xor"])("those of coredir/%s are exactly the spent outputs", (variant) => {
    const folder = join(blocks, "..", "coredir", variant);
    const file = readFileSync(join(folder, "blocks", "rev00000.dat"));
    const key = readFileSync(join(folder, "blocks", "xor.dat"));
    const plain = file.map((byte, index) => byte ^ (key[index % 8] ?? 0));
    const { rev } = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { rev: UndoRecord[] };
    expect(rev.length).toBe(24);
    for (const { data_offset: offset, size, height } of rev) {
      const spent = decodeUndo(plain.subarray(offset, offset + size));
      expect(Buffer.from(spent.bytes).equals(readFileSync(join(blocks, `${height}.spent`))), `block ${height}`).toBe(
        true,
      );
      expect(Math.max(...(spent.coinHeights ?? []))).toBeLessThanOrEqual(height);
    }
  });
});
