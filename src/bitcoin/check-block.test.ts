import { describe, expect, test } from "vitest";
import { sha256 } from "#lib";
import { blockBytes, coinbase, keyScript, payment } from "../../test/fixtures/hand-built-block.ts";
import { checkBlock } from "./check-block.ts";
import { NETWORKS } from "./networks.ts";

const coin = { value: 5_000, script: keyScript(1) };
const plain = [coinbase(500, [{ value: 5_000, script: keyScript(9) }]), payment([coin], [coin])];

/** Tries nonces until the easy target of the hand-built blocks is met. */
function mined(block: Uint8Array): Uint8Array {
  for (let nonce = 0; ; nonce += 1) {
    block[76] = nonce;
    if ((sha256(sha256(block.subarray(0, 80)))[31] ?? 0xff) < 0x7f) return block;
  }
}

const at = { height: 500, network: NETWORKS.regtest };
const check = (block: Uint8Array): void => checkBlock(block, at, sha256);

describe("checkBlock", () => {
  test("accepts a block that is what it says", () => {
    expect(() => check(mined(blockBytes(plain)))).not.toThrow();
  });

  test("refuses a changed transaction by its merkle root", () => {
    const block = mined(blockBytes(plain));
    block[block.length - 5] = 0x55;
    expect(() => check(block)).toThrow(
      "block: header / merkle root: is not the merkle root of the transactions, at byte 36",
    );
  });

  test("refuses transactions that stand twice, which leave the merkle root as it was", () => {
    const three = [...plain, payment([coin, coin], [coin])];
    expect(() => check(mined(blockBytes(three)))).not.toThrow();
    expect(() => check(mined(blockBytes([...three, ...three.slice(2)])))).toThrow("some stand twice");
  });

  test("refuses a header without work", () => {
    const block = mined(blockBytes(plain));
    expect(() => checkBlock(block, { ...at, network: NETWORKS.mainnet }, sha256)).toThrow(
      "does not meet the proof of work of mainnet",
    );
  });

  test("refuses another height than the coinbase says", () => {
    const block = mined(blockBytes(plain));
    expect(() => checkBlock(block, { ...at, height: 501 }, sha256)).toThrow(
      "tx 0 / input 0 / script: does not begin with the height 501",
    );
  });

  test("refuses witnesses that nothing commits to, and a commitment to others", () => {
    const spending = payment([coin], [coin], true);
    expect(() => check(mined(blockBytes([coinbase(500, [coin]), spending])))).toThrow(
      "has no commitment to the witnesses",
    );
    const commitment = {
      value: 0,
      script: Uint8Array.from([0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed, ...new Uint8Array(32)]),
    };
    const first = coinbase(500, [coin, commitment]);
    const committed = { ...first, inputs: first.inputs.map((input) => ({ ...input, witness: [new Uint8Array(32)] })) };
    expect(() => check(mined(blockBytes([committed, spending])))).toThrow("commitment: does not match the witnesses");
    expect(() => check(mined(blockBytes([first, spending])))).toThrow("tx 0 / witness 0: is not one item of 32 bytes");
    expect(() => check(mined(blockBytes([first, payment([coin], [coin])])))).not.toThrow();
  });
});
