import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { array, assert as check, boolean, constantFrom, nat, oneof, property, record, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { type BlockHash, NETWORKS, ParseError, SnapshotParser, type SnapshotTotals } from "#bitcoin";
import {
  encodeSnapshot,
  type Snapshot,
  type UnspentOutput,
  type UnspentTransaction,
} from "../../../test/fixtures/snapshot-encoding.ts";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import { checkOutputOrder } from "./coin-order.ts";
import { parseSnapshotHeader } from "./snapshot-header.ts";

const createSha256 = (): ReturnType<typeof createHash> => createHash("sha256");
const baseHash = "36652633a4d13317ea8f370d8c31ac17e812d937e17a329a7337c51ba609d8b7" as BlockHash;

type Seen = Omit<UnspentOutput, "index">;
type Parsed = { readonly totals: SnapshotTotals; readonly coins: readonly Seen[]; readonly header: unknown };

/** Parses in pieces of the given sizes, over and over. */
function parse(bytes: Uint8Array, pieces: readonly number[] = [bytes.length]): Parsed {
  const coins: Seen[] = [];
  const parser = new SnapshotParser({
    createSha256,
    coin: ({ height, coinbase, value, bytes: from, scriptStart, scriptEnd }) =>
      coins.push({ height, coinbase, value, script: from.slice(scriptStart, scriptEnd) }),
  });
  for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
    const size = Math.max(1, pieces[piece % pieces.length] ?? 1);
    parser.push(bytes.subarray(at, at + size));
    at += size;
  }
  return { totals: parser.end(), coins, header: parser.header };
}

function hash(size: number): ReturnType<typeof uint8Array> {
  return uint8Array({ minLength: size, maxLength: size });
}

/** Few keys, because each costs a square root. */
const key = constantFrom(...[1, 2, 3, 4].map((secret) => secp256k1.Point.BASE.multiply(BigInt(secret))));
const script = oneof(
  hash(20).map((bytes) => Uint8Array.from([0x76, 0xa9, 0x14, ...bytes, 0x88, 0xac])),
  hash(20).map((bytes) => Uint8Array.from([0xa9, 0x14, ...bytes, 0x87])),
  hash(32).map((bytes) => Uint8Array.from([0x51, 0x20, ...bytes])),
  key.map((point) => Uint8Array.from([33, ...point.toBytes(true), 0xac])),
  key.map((point) => Uint8Array.from([65, ...point.toBytes(false), 0xac])),
  uint8Array({ maxLength: 300 }),
  nat(10_000).map((size) => new Uint8Array(size).fill(size)),
);
const output = record({
  gap: nat(300),
  height: nat(2 ** 31 - 1),
  coinbase: boolean(),
  value: oneof(
    nat(1_000),
    nat(2 ** 31 - 1),
    nat(21_000).map((btc) => btc * 100_000_000),
  ),
  script,
});
const transaction = record({ txid: hash(32), outputs: array(output, { minLength: 1, maxLength: 5 }) });
const transactions = array(transaction, { maxLength: 12 }).map((list): UnspentTransaction[] =>
  list
    .map(({ txid, outputs }) => {
      let index = -1;
      return { txid, outputs: outputs.map(({ gap, ...rest }) => ({ ...rest, index: (index += gap + 1) })) };
    })
    .toSorted((a, b) => Buffer.compare(a.txid, b.txid)),
);

/** Written down as Core's `TxOutSer` does, sharing nothing with the parser. */
function expectedHash(list: readonly UnspentTransaction[]): string {
  const sha256 = createSha256();
  for (const { txid, outputs } of list) {
    for (const { index, height, coinbase, value, script: bytes } of outputs) {
      const fields = Buffer.alloc(16);
      fields.writeUInt32LE(index, 0);
      fields.writeUInt32LE(height * 2 + (coinbase ? 1 : 0), 4);
      fields.writeBigInt64LE(BigInt(value), 8);
      const size = bytes.length < 0xfd ? [bytes.length] : [0xfd, bytes.length & 0xff, bytes.length >> 8];
      sha256.update(txid).update(fields).update(Uint8Array.from(size)).update(bytes);
    }
  }
  return createSha256().update(sha256.digest()).digest().reverse().toString("hex");
}

test("what was encoded is what is parsed, whatever the pieces", () => {
  check(
    property(transactions, array(nat(4_000), { minLength: 1 }), (list, pieces) => {
      const { totals, coins } = parse(
        encodeSnapshot({ network: NETWORKS.mainnet, baseHash, transactions: list }),
        pieces,
      );
      const all = list.flatMap(({ outputs }) => outputs);
      expect(coins).toEqual(all.map(({ index: _, ...rest }) => rest));
      expect(totals).toEqual({
        coins: all.length,
        transactions: list.length,
        total: all.reduce((sum, { value }) => sum + value, 0),
        bogosize: all.reduce((sum, coin) => sum + 50 + coin.script.length, 0),
        hash: expectedHash(list),
        maxHeight: Math.max(0, ...all.map(({ height }) => height)),
      });
    }),
    { numRuns: 200 },
  );
});

const p2pkh = Uint8Array.from([0x76, 0xa9, 0x14, ...new Uint8Array(20).fill(7), 0x88, 0xac]);
const p2pk = Uint8Array.from([65, ...secp256k1.Point.BASE.toBytes(false), 0xac]);

function coinAt(index: number, more: Partial<UnspentOutput> = {}): UnspentOutput {
  return { index, height: 100, coinbase: false, value: 5_000, script: p2pkh, ...more };
}

function transactionOf(first: number, ...outputs: readonly UnspentOutput[]): UnspentTransaction {
  return { txid: new Uint8Array(32).fill(first), outputs };
}

const SMALL: Snapshot = {
  network: NETWORKS.regtest,
  baseHash,
  transactions: [
    transactionOf(1, coinAt(0, { coinbase: true, script: p2pk }), coinAt(300)),
    transactionOf(2, coinAt(1, { script: new Uint8Array(300).fill(0x51) })),
    transactionOf(
      3,
      coinAt(0, { value: 123_456_789, script: Uint8Array.from([0xa9, 0x14, ...p2pkh.subarray(3, 23), 0x87]) }),
    ),
  ],
};

function resultOf(bytes: Uint8Array): Parsed | ParseError {
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}

test("a file that is cut off anywhere ends with an error that names the byte", () => {
  const bytes = encodeSnapshot(SMALL);
  for (let size = 0; size < bytes.length; size += 1) {
    const result = resultOf(bytes.subarray(0, size));
    if (!(result instanceof ParseError)) expect.fail(`${size} bytes were taken for a whole file`);
    expect(result.offset).toBeLessThanOrEqual(size);
  }
});

test("any other byte anywhere ends with an error, another hash or another header", () => {
  const bytes = encodeSnapshot(SMALL);
  const right = parse(bytes);
  for (let at = 0; at < bytes.length; at += 1) {
    for (const change of [0x01, 0x80, 0xff]) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ change;
      const result = resultOf(changed);
      if (result instanceof ParseError) continue;
      expect({ hash: result.totals.hash, header: result.header }).not.toEqual({
        hash: right.totals.hash,
        header: right.header,
      });
    }
  }
});

test.each([
  ["nothing", () => new Uint8Array(0), "header: needs 51 bytes, 0 are left, at byte 0"],
  [
    "text",
    () => new Uint8Array(100).fill(0x61),
    "magic: is not that of a snapshot which dumptxoutset of Bitcoin Core 28",
  ],
  ["another version", () => encodeSnapshot(SMALL).with(5, 3), "version: is 3, only 2 is known here, at byte 5"],
  [
    "no network",
    () => encodeSnapshot(SMALL).with(7, 0),
    "network: 0xdab5bf00 is the magic of no network known here, at byte 7",
  ],
  [
    "a byte too many",
    () => Uint8Array.from([...encodeSnapshot(SMALL), 0]),
    "coin 4 / end of snapshot: more bytes follow",
  ],
  [
    "a count too low",
    () => encodeSnapshot(SMALL).with(43, 3),
    "coin 3 / end of snapshot: more bytes follow the last coin",
  ],
  ["a count too high", () => encodeSnapshot(SMALL).with(43, 5), "coin 4 / transaction id: needs 32 bytes, 0 are left"],
  [
    "a transaction with more coins than there are",
    () => encodeSnapshot(SMALL).with(43, 1),
    "number of outputs: is 2, and 1 coins are left, at byte 83",
  ],
  [
    "transactions that are not in order",
    () => encodeSnapshot({ ...SMALL, transactions: SMALL.transactions.toReversed() }),
    "coin 1 / transaction id: does not come after the one before it",
  ],
  [
    "an output twice",
    () => encodeSnapshot({ ...SMALL, transactions: [transactionOf(1, coinAt(3), coinAt(3))] }),
    "coin 1 / output index: 3 does not come after",
  ],
  [
    "more than 21 million BTC",
    () => encodeSnapshot({ ...SMALL, transactions: [transactionOf(1, coinAt(0, { value: 2.1e15 }), coinAt(1))] }),
    "coin 1 / amount: all coins together exceed 21 million BTC",
  ],
  [
    "an amount above 21 million BTC",
    () => encodeSnapshot({ ...SMALL, transactions: [transactionOf(1, coinAt(0, { value: 2.1e15 + 1 }))] }),
    "coin 0 / amount: is outside 0…21 million BTC",
  ],
])("%s is refused", (_name, make, message) => {
  expect(() => parse(make())).toThrow(message);
});

test("the header alone tells network, base block and number of coins", () => {
  expect(parseSnapshotHeader(encodeSnapshot(SMALL))).toEqual({ network: NETWORKS.regtest, baseHash, coins: 4 });
});

test("outputs beyond 16,511 stand where Core's database has them, and then the hash is not claimed", () => {
  const sorted = [255, 16_512, 256].map((index) => coinAt(index));
  const { totals, coins } = parse(encodeSnapshot({ ...SMALL, transactions: [transactionOf(1, ...sorted)] }));
  expect(coins).toHaveLength(3);
  expect(totals).toMatchObject({ coins: 3, hash: null });
  expect(checkOutputOrder(-1, 0)).toBe(true);
  expect(checkOutputOrder(16_511, 256)).toBeUndefined();
  expect(checkOutputOrder(16_512, 16_512)).toBeUndefined();
});

test("without a hash function no hash is claimed", () => {
  const parser = new SnapshotParser({ coin: () => undefined });
  parser.push(encodeSnapshot(SMALL));
  expect(parser.end()).toMatchObject({ coins: 4, hash: null });
});

test("keys that are compressed come out whole", () => {
  const { coins } = parse(encodeSnapshot(SMALL));
  expect(coins.map((coin) => coin.script)).toEqual(
    SMALL.transactions.flatMap(({ outputs }) => outputs.map((one) => one.script)),
  );
});

describeWithRealBlocks("the snapshot of a real node", (real) => {
  const node = join(dirname(real.blocks), "regtest-node");
  const reply = (name: string): Record<string, unknown> =>
    JSON.parse(readFileSync(join(node, "rpc", `${name}.json`), "utf8")) as Record<string, unknown>;

  test.each([[[7, 1, 900]], [[100_000]], [[1]]])("in pieces of %j is what the node says of it", (pieces) => {
    const { totals, header } = parse(readFileSync(join(node, "utxo.snapshot")), pieces);
    const [info, dump] = [reply("gettxoutsetinfo"), reply("dumptxoutset")];
    expect(totals).toEqual({
      coins: info["txouts"],
      transactions: info["transactions"],
      total: Number(info["total_amount"]) * 100_000_000,
      bogosize: info["bogosize"],
      hash: info["hash_serialized_3"],
      maxHeight: info["height"],
    });
    expect(totals).toMatchObject({ coins: dump["coins_written"], hash: dump["txoutset_hash"] });
    expect(header).toMatchObject({ network: NETWORKS.regtest, baseHash: dump["base_hash"] });
  });
});
