import { crypto, payments, script as scripts, Transaction } from "bitcoinjs-lib";
import { describe, expect, test } from "vitest";
import { DENSITIES } from "../density.ts";
import { deriveScript, type ScriptKind } from "../people/sim-script.ts";
import type { Coin } from "../people/wallet.ts";
import { createWorld } from "../world.ts";
import { send } from "./send.ts";
import { weightOf } from "./signing.ts";
import { payNobody, payTo } from "./transaction-draft.ts";

const KINDS: readonly ScriptKind[] = ["p2wpkh", "p2tr", "p2pkh", "p2sh-p2wpkh", "p2wsh", "inscription"];

function scriptOf(kind: ScriptKind, keyIndex = 5) {
  return deriveScript(kind, { seed: 42, walletId: 3, keyIndex }, kind === "inscription" ? 1_300 : 0);
}

function coinOf(kind: ScriptKind, outputIndex = 0): Coin {
  const state = { walletId: 3, height: 1, parent: undefined, taken: false };
  return { txid: new Uint8Array(32).fill(7), outputIndex, value: 50_000, script: scriptOf(kind), ...state };
}

/** What bitcoinjs-lib reads of a transaction that spends coins of these kinds. */
function spend(kinds: readonly ScriptKind[]) {
  const world = createWorld(42, DENSITIES.demo);
  const [user] = world.people.users;
  if (user === undefined) throw new Error("there are users");
  const inputs = kinds.map((kind, index) => coinOf(kind, index));
  const outputs = [payTo(user, scriptOf("p2wpkh"), 1_000), payNobody(new Uint8Array(20))];
  const tx = send(world, { inputs, outputs, changeIndex: -1 }, { patience: 1, mostFeeRate: 1 });
  return { tx, inputs, outputs, read: Transaction.fromBuffer(Buffer.from(tx.bytes)) };
}

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

describe("scripts", () => {
  test.each(KINDS)("%s holds the hash of its key or script", (kind) => {
    const { pubKey: pubkey, output, redeem } = scriptOf(kind);
    const expected = {
      p2wpkh: () => payments.p2wpkh({ pubkey }).output,
      p2pkh: () => payments.p2pkh({ pubkey }).output,
      "p2sh-p2wpkh": () => payments.p2sh({ redeem: payments.p2wpkh({ pubkey }) }).output,
      p2wsh: () => payments.p2wsh({ redeem: { output: redeem } }).output,
      p2tr: () => Uint8Array.of(0x51, 0x20, ...pubkey.subarray(1)),
      inscription: () => Uint8Array.of(0x51, 0x20, ...pubkey.subarray(1)),
    }[kind]();
    expect(hex(output)).toBe(hex(expected));
    if (kind === "p2sh-p2wpkh") expect(hex(crypto.hash160(redeem))).toBe(hex(output.subarray(2, 22)));
    if (kind === "p2wsh") expect(payments.p2ms({ output: redeem })).toMatchObject({ m: 2, n: 3 });
  });

  test("differ by seed, wallet and key, and repeat for the same", () => {
    const paths = [
      { seed: 42, walletId: 3, keyIndex: 5 },
      { seed: 43, walletId: 3, keyIndex: 5 },
      { seed: 42, walletId: 4, keyIndex: 5 },
      { seed: 42, walletId: 3, keyIndex: 6 },
      { seed: 42, walletId: 3, keyIndex: 5 },
    ];
    const outputs = paths.map((path) => hex(deriveScript("p2wpkh", path).output));
    expect(new Set(outputs).size).toBe(4);
    expect(outputs[0]).toBe(outputs[4]);
  });
});

describe("signing", () => {
  test.each<readonly ScriptKind[][]>([
    ...KINDS.map((kind) => [[kind]]),
    [["p2pkh", "p2pkh"]],
    [[...KINDS]],
    [Array.from({ length: 260 }, () => "p2wpkh" as const)],
  ])("%s: weight and ids are what bitcoinjs-lib finds, and the weight is known beforehand", (kinds) => {
    const { tx, inputs, outputs, read } = spend(kinds);
    expect(hex(tx.txid)).toBe(hex(read.getHash()));
    expect(hex(tx.wtxid)).toBe(hex(read.getHash(true)));
    expect(tx.weight).toBe(read.weight());
    expect(weightOf(inputs, outputs)).toBe(read.weight());
    expect(tx.fee).toBe(50_000 * kinds.length - 1_000);
    expect(read.ins.map(({ index }) => index)).toEqual(inputs.map(({ outputIndex }) => outputIndex));
  });

  test("signatures have the form that nodes ask for", () => {
    const { read } = spend(["p2wpkh", "p2pkh", "p2wsh", "p2tr"]);
    const [segwit, legacy, multisig, taproot] = read.ins;
    const first = scripts.decompile(legacy?.script ?? new Uint8Array())?.[0];
    const signatures = [segwit?.witness[0], first, multisig?.witness[1], multisig?.witness[2]];
    for (const signature of signatures) {
      if (!(signature instanceof Uint8Array)) throw new Error("a signature is bytes");
      expect(scripts.isCanonicalScriptSignature(signature)).toBe(true);
    }
    expect(taproot?.witness.map(({ length }) => length)).toEqual([64]);
  });

  test("an inscription reveals its content in an envelope of its own script", () => {
    const { read } = spend(["inscription"]);
    const [signature, script, control] = read.ins[0]?.witness ?? [];
    expect([signature?.length, control?.length, control?.[0]]).toEqual([64, 33, 0xc0]);
    const parts = scripts.decompile(script ?? new Uint8Array()) ?? [];
    const content = parts.filter((part) => part instanceof Uint8Array && part.length > 32);
    expect(content.reduce<number>((sum, part) => sum + (part instanceof Uint8Array ? part.length : 0), 0)).toBe(1_300);
    expect(parts).toContainEqual(Buffer.from("ord"));
  });
});
