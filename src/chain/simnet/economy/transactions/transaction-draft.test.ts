import { crypto, payments, script as scripts, Transaction as ReferenceTransaction } from "bitcoinjs-lib";
import { describe, expect, test } from "vitest";
import { ByteWriter, writeTransaction } from "#bitcoin";
import { Random } from "./random.ts";
import { deriveScript, type ScriptKind } from "./sim-script.ts";
import { payNobody, signInput, virtualSizeOf } from "./transaction-draft.ts";
import type { Coin } from "./wallet.ts";

const KINDS: readonly ScriptKind[] = ["p2wpkh", "p2tr", "p2pkh", "p2sh-p2wpkh"];
const scriptOf = (kind: ScriptKind, keyIndex = 5) => deriveScript(kind, { seed: 42, walletId: 3, keyIndex });

function coinOf(kind: ScriptKind, outputIndex = 0): Coin {
  return { txid: new Uint8Array(32).fill(7), outputIndex, value: 50_000, height: 1, script: scriptOf(kind) };
}

describe("scripts", () => {
  test.each(KINDS)("%s holds the hash of its key", (kind) => {
    const { pubKey: pubkey, output, redeem } = scriptOf(kind);
    const expected = {
      p2wpkh: () => payments.p2wpkh({ pubkey }).output,
      p2pkh: () => payments.p2pkh({ pubkey }).output,
      "p2sh-p2wpkh": () => payments.p2sh({ redeem: payments.p2wpkh({ pubkey }) }).output,
      p2tr: () => Uint8Array.of(0x51, 0x20, ...pubkey.subarray(1)),
    }[kind]();
    expect(Buffer.from(output).toString("hex")).toBe(Buffer.from(expected ?? []).toString("hex"));
    if (kind === "p2sh-p2wpkh") expect(crypto.hash160(redeem)).toEqual(output.subarray(2, 22));
  });

  test("differ by seed, wallet and key, and repeat for the same", () => {
    const paths = [
      { seed: 42, walletId: 3, keyIndex: 5 },
      { seed: 43, walletId: 3, keyIndex: 5 },
      { seed: 42, walletId: 4, keyIndex: 5 },
      { seed: 42, walletId: 3, keyIndex: 6 },
      { seed: 42, walletId: 3, keyIndex: 5 },
    ];
    const outputs = paths.map((path) => Buffer.from(deriveScript("p2wpkh", path).output).toString("hex"));
    expect(new Set(outputs).size).toBe(4);
    expect(outputs[0]).toBe(outputs[4]);
  });
});

describe("signing", () => {
  test.each<readonly ScriptKind[][]>([
    ...KINDS.map((kind) => [[kind]]),
    [["p2pkh", "p2pkh"]],
    [["p2pkh", "p2wpkh", "p2tr", "p2sh-p2wpkh"]],
  ])("%s: the size known beforehand is the size of the signed transaction", (kinds) => {
    const coins = kinds.map((kind, index) => coinOf(kind, index));
    const outputs = [{ value: 1_000, script: scriptOf("p2tr").output }, payNobody(new Uint8Array(40))];
    const random = new Random("sign");
    const inputs = coins.map((coin) => signInput(coin, 0xffff_fffd, random));
    const writer = new ByteWriter();
    writeTransaction(writer, { version: 2, inputs, outputs, lockTime: 0 });
    const theirs = ReferenceTransaction.fromBuffer(writer.toBytes());
    expect(virtualSizeOf(coins, outputs)).toBe(theirs.virtualSize());
    expect(theirs.ins.map(({ index }) => index)).toEqual(kinds.map((_, index) => index));
  });

  test("signatures are canonical DER, every one", () => {
    const random = new Random("signatures");
    for (let round = 0; round < 500; round += 1) {
      const [signature] = signInput(coinOf("p2wpkh"), 0, random).witness;
      expect(scripts.isCanonicalScriptSignature(signature ?? new Uint8Array())).toBe(true);
    }
  });
});
