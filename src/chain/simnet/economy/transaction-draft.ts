import type { TransactionInput } from "#bitcoin";
import type { Random } from "./random.ts";
import type { ScriptKind, SimScript } from "./sim-script.ts";
import type { Coin, Wallet } from "./wallet.ts";

/** An output to be; without a receiver nobody can spend it (OP_RETURN). */
export type Payment = {
  /** Satoshis. */
  readonly value: number;
  readonly script: Uint8Array;
  readonly receiver: { readonly wallet: Wallet; readonly script: SimScript } | undefined;
};

/** A transaction before it is signed; what the outputs leave over is the fee. */
export type TransactionDraft = { readonly inputs: readonly Coin[]; readonly outputs: readonly Payment[] };

export function payTo(wallet: Wallet, script: SimScript, value: number): Payment {
  return { value, script: script.output, receiver: { wallet, script } };
}

/** An output that carries bytes and no money. */
export function payNobody(content: Uint8Array): Payment {
  return { value: 0, script: Uint8Array.of(0x6a, content.length, ...content), receiver: undefined };
}

const EMPTY = new Uint8Array(0);

/** DER: both numbers have 32 bytes, so every signature has 71 bytes with its hash type and sizes are known beforehand. */
const ECDSA_SIZE = 71;
const SCHNORR_SIZE = 64;
const KEY_SIZE = 33;

/** Weight of an input with its witness (BIP141), by what it spends; each has fewer than 253 bytes of script. */
const INPUT_WEIGHT: Readonly<Record<ScriptKind, number>> = {
  p2wpkh: 4 * 41 + 3 + ECDSA_SIZE + KEY_SIZE,
  p2tr: 4 * 41 + 2 + SCHNORR_SIZE,
  p2pkh: 4 * (41 + 2 + ECDSA_SIZE + KEY_SIZE),
  "p2sh-p2wpkh": 4 * (41 + 23) + 3 + ECDSA_SIZE + KEY_SIZE,
};

/** Virtual size (BIP141) of what these inputs and outputs will be once signed; for fewer than 253 of each. */
export function virtualSizeOf(inputs: readonly Coin[], outputs: readonly { readonly script: Uint8Array }[]): number {
  const legacyInputs = inputs.filter(({ script }) => script.kind === "p2pkh").length;
  const hasWitness = legacyInputs < inputs.length;
  let weight = 4 * 10 + (hasWitness ? 2 + legacyInputs : 0);
  for (const coin of inputs) weight += INPUT_WEIGHT[coin.script.kind];
  for (const output of outputs) weight += 4 * (9 + output.script.length);
  return Math.ceil(weight / 4);
}

/** An input with a signature of the right form over nothing: random bytes, as nobody has keys. */
export function signInput(coin: Coin, sequence: number, random: Random): TransactionInput {
  const { script, txid, outputIndex } = coin;
  const input = { prevTxid: txid, prevIndex: outputIndex, sequence };
  if (script.kind === "p2tr") return { ...input, script: EMPTY, witness: [random.bytes(SCHNORR_SIZE)] };
  const signature = ecdsaSignature(random);
  if (script.kind === "p2pkh") {
    return { ...input, script: concat(push(signature), push(script.pubKey)), witness: [] };
  }
  const redeem = script.kind === "p2sh-p2wpkh" ? push(script.redeem) : EMPTY;
  return { ...input, script: redeem, witness: [signature, script.pubKey] };
}

/** BIP66 form: sequence of two positive integers without leading zeros, the second low (BIP146), then SIGHASH_ALL. */
function ecdsaSignature(random: Random): Uint8Array {
  const signature = random.bytes(ECDSA_SIZE);
  signature.set([0x30, 0x44, 0x02, 0x20, random.between(0x01, 0x7f)], 0);
  signature.set([0x02, 0x20, random.between(0x01, 0x7e)], 36);
  signature[ECDSA_SIZE - 1] = 0x01;
  return signature;
}

function push(bytes: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(bytes.length), bytes);
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
}
