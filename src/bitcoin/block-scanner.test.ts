import { describe, expect, test } from "vitest";
import { blockBytes, coinbase, keyScript, payment, spentBytes } from "../../test/fixtures/hand-built-block.ts";
import { type BlockVisitor, scanBlock } from "./block-scanner.ts";
import { ParseError } from "./parse-error.ts";

const coin = { value: 5_000, script: keyScript(1) };
const transactions = [
  coinbase(500, [{ value: 312_500_100, script: keyScript(9) }]),
  payment([coin], [{ value: 4_900, script: keyScript(2) }]),
  payment(
    [coin, coin],
    [
      { value: 9_000, script: keyScript(3) },
      { value: 900, script: keyScript(1) },
    ],
    true,
  ),
];
const block = blockBytes(transactions);
const spent = { bytes: spentBytes(transactions) };

describe("scanBlock", () => {
  test("visits every coin and output in order and sums them", () => {
    const seen: string[] = [];
    const visitor: BlockVisitor = {
      spent: (spentCoin, tx) => seen.push(`spent ${tx.index}: ${spentCoin.value}`),
      output: (output, tx) => seen.push(`output ${tx.index}/${output.index}: ${output.value}`),
      transaction: (tx) => seen.push(`tx ${tx.index}: ${tx.totalIn} in, ${tx.totalOut} out, witness ${tx.hasWitness}`),
    };
    const scanned = scanBlock(block, spent, visitor);
    expect(seen).toEqual([
      "output 0/0: 312500100",
      "tx 0: 0 in, 312500100 out, witness false",
      "spent 1: 5000",
      "output 1/0: 4900",
      "tx 1: 5000 in, 4900 out, witness false",
      "spent 2: 5000",
      "spent 2: 5000",
      "output 2/0: 9000",
      "output 2/1: 900",
      "tx 2: 10000 in, 9900 out, witness true",
    ]);
    expect(scanned.transactions).toBe(3);
    expect(scanned.size).toBe(block.length);
  });

  test("counts a witness byte once and every other byte four times", () => {
    const weights: number[] = [];
    scanBlock(block, undefined, { transaction: (tx) => void weights.push(tx.weight) });
    // Two inputs, each with a witness of 1 + 1 + 72 + 1 + 33 bytes, and marker and flag.
    const stripped = 4 + 1 + 2 * 41 + 1 + 2 * 31 + 4;
    expect(weights[2]).toBe(4 * stripped + 2 + 2 * 108);
  });

  test("shows the sequence of each input, and of each witness the last items that there are", () => {
    const seen: unknown[] = [];
    const item = (start: number, end: number): string => Buffer.from(items.subarray(start, end)).toString("hex");
    const [first, second] = ["aa", "bbbb"].map((hex) => Uint8Array.from(Buffer.from(hex, "hex")));
    const [input] = payment([coin], [coin]).inputs;
    if (input === undefined || first === undefined || second === undefined) throw new Error("made above");
    const inputs = [
      { ...input, sequence: 7, witness: [first, second, first, second] },
      { ...input, sequence: 0xffff_ffff, witness: [second] },
    ];
    const items = blockBytes([coinbase(1, [coin]), { ...payment([coin, coin], [coin]), inputs }]);
    scanBlock(items, undefined, {
      input: ({ sequence }) => seen.push(sequence),
      witness: (view) =>
        seen.push([
          view.items,
          item(view.thirdLastStart, view.thirdLastEnd),
          item(view.secondLastStart, view.secondLastEnd),
          item(view.lastStart, view.lastEnd),
        ]),
    });
    expect(seen.slice(0, -1)).toEqual([0xffff_ffff, 7, 0xffff_ffff, [4, "bbbb", "aa", "bbbb"]]);
    expect(seen.at(-1)).toMatchObject({ 0: 1, 3: "bbbb" });
  });

  test("gives coin heights where the source knows them and undefined where it does not", () => {
    const heights: (number | undefined)[] = [];
    const visitor: BlockVisitor = { spent: (spentCoin) => void heights.push(spentCoin.height) };
    scanBlock(block, { ...spent, coinHeights: Uint32Array.from([7, 8, 9]) }, visitor);
    scanBlock(block, spent, visitor);
    expect(heights).toEqual([7, 8, 9, undefined, undefined, undefined]);
  });
});

type Fault = { name: string; block?: Uint8Array; spent?: Uint8Array; says: string | RegExp };

function changed(bytes: Uint8Array, offset: number, value: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[offset] = value;
  return copy;
}

const FAULTS: readonly Fault[] = [
  { name: "no bytes at all", block: new Uint8Array(0), says: "block: header: needs 80 bytes, 0 are left, at byte 0" },
  {
    name: "no transactions",
    block: changed(block, 80, 0),
    says: "block: transaction count: a block has at least a coinbase",
  },
  {
    name: "a count beyond the file",
    block: changed(block, 80, 0xfc),
    says: /252 transactions do not fit .* at byte 80$/,
  },
  {
    name: "a block that ends early",
    block: block.subarray(0, block.length - 1),
    says: "block: tx 2 / lock time: needs 4 bytes, 3 are left",
  },
  {
    name: "bytes after the end",
    block: Uint8Array.from([...block, 0]),
    says: "block: end of block: 1 bytes follow the last transaction",
  },
  {
    name: "a first transaction that spends",
    block: changed(block, 86, 1),
    says: "block: tx 0 / input 0 / previous output: the first transaction is no coinbase, at byte 86",
  },
  {
    name: "a count in a longer form than needed",
    block: Uint8Array.from([...block.subarray(0, 80), 0xfd, 3, 0, ...block.subarray(81)]),
    says: "compact size is not in its shortest form, at byte 80",
  },
  {
    name: "spent outputs of a block with fewer transactions",
    spent: spentBytes(transactions.slice(0, 2)),
    says: "spent outputs: transactions: speaks of 2 transactions, the block has 3",
  },
  {
    name: "spent outputs with another input count",
    spent: changed(spent.bytes, 2, 2),
    says: "spent outputs: tx 1: has 2 spent outputs, the block's transaction needs 1, at byte 2",
  },
  {
    name: "spent outputs that end early",
    spent: spent.bytes.subarray(0, 20),
    says: "spent outputs: tx 1 / spent output 0: 22 script bytes do not fit",
  },
  {
    name: "bytes after the last spent output",
    spent: Uint8Array.from([...spent.bytes, 0]),
    says: "1 bytes follow the last spent output",
  },
  {
    name: "an amount beyond all money",
    spent: changed(spent.bytes, 10, 0x7f),
    says: "spent outputs: tx 1 / spent output 0: amount is outside 0…21 million BTC, at byte 3",
  },
  {
    name: "a transaction that pays more than it has",
    spent: changed(spent.bytes, 4, 0),
    says: "pays out 4900 sats but its spent outputs hold",
  },
];

describe("scanBlock refuses", () => {
  test.each(FAULTS)("$name", (fault) => {
    const scan = (): unknown => scanBlock(fault.block ?? block, { bytes: fault.spent ?? spent.bytes }, {});
    expect(scan).toThrow(ParseError);
    expect(scan).toThrow(fault.says);
  });

  test("coin heights of another number of coins", () => {
    expect(() => scanBlock(block, { ...spent, coinHeights: Uint32Array.from([1]) }, {})).toThrow(
      "1 coin heights for 3 coins",
    );
  });

  test("a witness flag with only empty witnesses, and a flag other than 1", () => {
    const marker = [0, 1];
    const first = blockBytes([transactions[0] ?? coinbase(1, [])]);
    const withMarker = (flag: number): Uint8Array =>
      Uint8Array.from([
        ...first.subarray(0, 85),
        marker[0] ?? 0,
        flag,
        ...first.subarray(85, -4),
        0,
        ...first.subarray(-4),
      ]);
    expect(() => scanBlock(withMarker(1), undefined, {})).toThrow("witness flag is set but every witness is empty");
    expect(() => scanBlock(withMarker(2), undefined, {})).toThrow("no inputs, and no witness flag of 1, at byte 86");
  });
});
