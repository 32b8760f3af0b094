import { expect, test } from "vitest";
import { bytes } from "../../test/fixtures/hand-built-block.ts";
import { classifyScript, dustThreshold, isDust, isUnspendable, type ScriptType } from "./script.ts";

const key33 = `21${"02".padEnd(66, "a")}`;
const key65 = `41${"04".padEnd(130, "b")}`;

const CASES: readonly [string, ScriptType][] = [
  [`${key33}ac`, "p2pk"],
  [`${key65}ac`, "p2pk"],
  [`21${"05".padEnd(66, "a")}ac`, "other"],
  [`76a914${"11".repeat(20)}88ac`, "p2pkh"],
  [`76a914${"11".repeat(20)}88ad`, "other"],
  [`a914${"22".repeat(20)}87`, "p2sh"],
  [`a914${"22".repeat(20)}88`, "other"],
  [`0014${"33".repeat(20)}`, "p2wpkh"],
  [`0020${"44".repeat(32)}`, "p2wsh"],
  [`0015${"33".repeat(21)}`, "other"],
  [`5120${"55".repeat(32)}`, "p2tr"],
  ["51024e73", "p2a"],
  ["51024e74", "other"],
  [`51${key33}51ae`, "multisig"],
  [`52${key33}${key65}52ae`, "multisig"],
  [`52${key33}51ae`, "other"],
  [`51${key33}52ae`, "other"],
  [`51${key33.slice(0, -2)}51ae`, "other"],
  ["6a", "op_return"],
  ["6a0461626364", "op_return"],
  ["", "other"],
  ["ac", "other"],
];

test.each(CASES)("%s is %s", (hex, type) => {
  const script = bytes(hex);
  expect(classifyScript(script, 0, script.length)).toBe(type);
  const inside = Uint8Array.from([0xff, ...script, 0xff]);
  expect(classifyScript(inside, 1, inside.length - 1)).toBe(type);
});

test("OP_RETURN and scripts over 10,000 bytes never enter the UTXO set", () => {
  expect(isUnspendable(bytes("6a01"), 0, 2)).toBe(true);
  expect(isUnspendable(new Uint8Array(10_001), 0, 10_001)).toBe(true);
  expect(isUnspendable(new Uint8Array(10_000), 0, 10_000)).toBe(false);
  expect(isUnspendable(new Uint8Array(0), 0, 0)).toBe(false);
});

test.each([
  [`76a914${"11".repeat(20)}88ac`, 546],
  [`a914${"22".repeat(20)}87`, 540],
  [`0014${"33".repeat(20)}`, 294],
  [`0020${"44".repeat(32)}`, 330],
  [`5120${"55".repeat(32)}`, 330],
  ["51024e73", 240],
  // Witness programs that no version has a meaning for yet, and what is not quite one.
  [`6020${"55".repeat(32)}`, 330],
  [`5228${"55".repeat(40)}`, 354],
  [`0015${"33".repeat(21)}`, 297],
  ["5102ffff", 240],
  ["510155", 480],
  [`5229${"55".repeat(41)}`, 600],
  [`6120${"55".repeat(32)}`, 573],
  [`4f20${"55".repeat(32)}`, 573],
  [`5121${"55".repeat(32)}`, 573],
  ["", 471],
  ["6a0461626364", 0],
])("%s is dust below %i satoshis", (hex, threshold) => {
  const script = bytes(hex);
  expect(dustThreshold(script, 0, script.length)).toBe(threshold);
});

test("dust is below the threshold, also that of the longest script that can be spent", () => {
  for (const length of [0, 252, 253, 10_000, 10_001]) {
    const script = new Uint8Array(length).fill(0x51);
    const threshold = dustThreshold(script, 0, length);
    const isDustAt = (value: number): boolean => isDust(script, { value, scriptStart: 0, scriptEnd: length });
    expect([threshold > 0, isDustAt(threshold)]).toEqual([length <= 10_000, false]);
    expect(isDustAt(Math.max(0, threshold - 1))).toBe(length <= 10_000);
  }
});
