import { ripemd160 } from "@noble/hashes/legacy.js";
import { describe, expect, test } from "vitest";
import { sha256 } from "#lib";
import {
  blockBytes,
  coinbase,
  keyScript,
  type HandBuiltTransaction,
  spentBytes,
} from "../../test/fixtures/hand-built-block.ts";
import { checkSpentScripts } from "./check-spent-scripts.ts";

const key = new Uint8Array(33).fill(2);
const script = Uint8Array.from([0x51, 0x51, 0x93]);
const hash160 = (bytes: Uint8Array): Uint8Array => ripemd160(sha256(bytes));
const push = (bytes: Uint8Array): Uint8Array => Uint8Array.from([bytes.length, ...bytes]);
const pushLong = (bytes: Uint8Array): Uint8Array => Uint8Array.from([0x4d, bytes.length, 0, ...bytes]);

type Spend = { script: Uint8Array; inputScript?: Uint8Array; witness?: Uint8Array[] };

const SPENDS: readonly (Spend & { name: string })[] = [
  { name: "p2pkh", script: Uint8Array.from([0x76, 0xa9, 0x14, ...hash160(key), 0x88, 0xac]), inputScript: push(key) },
  {
    name: "p2sh",
    script: Uint8Array.from([0xa9, 0x14, ...hash160(script), 0x87]),
    inputScript: Uint8Array.from([0x00, ...pushLong(script)]),
  },
  { name: "p2wpkh", script: Uint8Array.from([0x00, 0x14, ...hash160(key)]), witness: [new Uint8Array(72), key] },
  { name: "p2wsh", script: Uint8Array.from([0x00, 0x20, ...sha256(script)]), witness: [script] },
];

function check(spend: Spend, time?: number): void {
  const { inputScript = new Uint8Array(0), witness = [] } = spend;
  const input = { prevTxid: new Uint8Array(32).fill(1), prevIndex: 0, script: inputScript, sequence: 0, witness };
  const spender: HandBuiltTransaction = {
    version: 2,
    inputs: [input],
    outputs: [{ value: 1, script: keyScript(1) }],
    lockTime: 0,
    spends: [{ value: 2, script: spend.script }],
  };
  const transactions = [coinbase(1, [{ value: 1, script: keyScript(9) }]), spender];
  checkSpentScripts(blockBytes(transactions, time), { bytes: spentBytes(transactions) }, sha256);
}

describe.each(SPENDS)("$name", (spend) => {
  const wrong = Uint8Array.from(spend.script);
  wrong[5] = (wrong[5] ?? 0) ^ 1;
  const says =
    "spent outputs: tx 1 / spent output 0 / script: is not the script that the block's input spends, at byte";

  test("a script that holds the hash of what is shown passes, a damaged one does not", () => {
    expect(() => check(spend)).not.toThrow();
    expect(() => check({ ...spend, script: wrong })).toThrow(says);
  });

  test("nothing shown does not pass", () => {
    expect(() => check({ script: spend.script })).toThrow(says);
    expect(() => check({ script: spend.script, inputScript: Uint8Array.from([0x4c, 200]) })).toThrow(says);
  });
});

test("before BIP16 a script of p2sh's form is only what it says", () => {
  expect(() => check({ script: SPENDS[1]?.script ?? key, inputScript: push(key) }, 1_333_238_399)).not.toThrow();
});

test("before BIP141 anyone could spend a witness program", () => {
  expect(() => check({ script: SPENDS[2]?.script ?? key }, 1_503_539_856)).not.toThrow();
});

test("a key that the input script computes is not looked for, a number that it pushes counts", () => {
  const computed = Uint8Array.from([...push(key), 0x76, 0x75]);
  expect(() => check({ script: SPENDS[0]?.script ?? key, inputScript: computed })).not.toThrow();
  const ofFour = Uint8Array.from([0xa9, 0x14, ...hash160(Uint8Array.of(4)), 0x87]);
  expect(() => check({ script: ofFour, inputScript: Uint8Array.of(0x54) })).not.toThrow();
});

test("scripts without a hash are let through", () => {
  expect(() => check({ script: Uint8Array.from([0x51, 0x20, ...new Uint8Array(32)]) })).not.toThrow();
});
