import type { TransactionInput } from "#bitcoin";
import type { Random } from "../chance/random.ts";
import { OUTPUT_SCRIPT_SIZE, type ScriptKind } from "../people/sim-script.ts";
import type { Coin } from "../people/wallet.ts";

const EMPTY = new Uint8Array(0);

/** DER: both numbers have 32 bytes, so every signature has 71 bytes with its hash type and sizes are known beforehand. */
const ECDSA_SIZE = 71;
const SCHNORR_SIZE = 64;
const KEY_SIZE = 33;
const MULTISIG_SIZE = 3 + 3 * 34;
/** Leaf version with parity, and the internal key (BIP341). */
const CONTROL_BLOCK_SIZE = 33;
/** The largest push of a script that fits the stack. */
const LARGEST_PUSH = 520;

/** Weight of an input with its witness (BIP141), by what it spends; each has fewer than 253 bytes of script. */
const INPUT_WEIGHT: Readonly<Record<ScriptKind, number>> = {
  p2wpkh: 4 * 41 + 3 + ECDSA_SIZE + KEY_SIZE,
  p2tr: 4 * 41 + 2 + SCHNORR_SIZE,
  inscription: 4 * 41 + 2 + SCHNORR_SIZE + 1 + CONTROL_BLOCK_SIZE,
  p2pkh: 4 * (41 + 2 + ECDSA_SIZE + KEY_SIZE),
  "p2sh-p2wpkh": 4 * (41 + 23) + 3 + ECDSA_SIZE + KEY_SIZE,
  p2wsh: 4 * 41 + 2 + 2 * (1 + ECDSA_SIZE) + 1 + MULTISIG_SIZE,
};

/** What the witness of one input weighs more or less than the rest of its kind. */
function inputWeight({ kind, contentSize }: Coin["script"]): number {
  if (kind !== "inscription") return INPUT_WEIGHT[kind];
  const size = envelopeSize(contentSize);
  return INPUT_WEIGHT.inscription + size + compactSizeLength(size);
}

/** Weight (BIP141) of what these inputs and outputs will be once signed. */
export function weightOf(inputs: readonly Coin[], outputs: readonly { readonly script: Uint8Array }[]): number {
  let weight = 4 * (8 + compactSizeLength(inputs.length) + compactSizeLength(outputs.length));
  let legacy = 0;
  for (const { script } of inputs) {
    weight += inputWeight(script);
    if (script.kind === "p2pkh") legacy += 1;
  }
  if (legacy < inputs.length) weight += 2 + legacy;
  for (const { script } of outputs) weight += 4 * (9 + script.length);
  return weight;
}

/** Weight of one more output to a script of this kind. */
export function outputWeight(kind: ScriptKind): number {
  return 4 * (9 + OUTPUT_SCRIPT_SIZE[kind]);
}

/** An input with a signature of the right form over nothing: random bytes, as nobody has keys. */
export function signInput(coin: Coin, sequence: number, random: Random): TransactionInput {
  const { script, txid, outputIndex } = coin;
  const input = { prevTxid: txid, prevIndex: outputIndex, sequence };
  switch (script.kind) {
    case "p2tr":
      return { ...input, script: EMPTY, witness: [random.bytes(SCHNORR_SIZE)] };
    case "inscription":
      return { ...input, script: EMPTY, witness: revealOf(script, random) };
    case "p2pkh":
      return { ...input, script: pushes(ecdsaSignature(random), script.pubKey), witness: [] };
    case "p2wsh": {
      const signatures = [ecdsaSignature(random), ecdsaSignature(random)];
      return { ...input, script: EMPTY, witness: [EMPTY, ...signatures, script.redeem] };
    }
    case "p2wpkh":
      return { ...input, script: EMPTY, witness: [ecdsaSignature(random), script.pubKey] };
    case "p2sh-p2wpkh":
      return { ...input, script: pushes(script.redeem), witness: [ecdsaSignature(random), script.pubKey] };
  }
}

/** BIP66 form: sequence of two positive integers without leading zeros, the second low (BIP146), then SIGHASH_ALL. */
function ecdsaSignature(random: Random): Uint8Array {
  const signature = random.bytes(ECDSA_SIZE);
  signature[0] = 0x30;
  signature[1] = 0x44;
  signature[2] = 0x02;
  signature[3] = 0x20;
  signature[4] = random.between(0x01, 0x7f);
  signature[36] = 0x02;
  signature[37] = 0x20;
  signature[38] = random.between(0x01, 0x7e);
  signature[ECDSA_SIZE - 1] = 0x01;
  return signature;
}

/** Signature, script with the envelope, control block (BIP341 script path). */
function revealOf({ pubKey, contentSize }: Coin["script"], random: Random): Uint8Array[] {
  const key = pubKey.subarray(1);
  const control = new Uint8Array(CONTROL_BLOCK_SIZE);
  control[0] = 0xc0;
  control.set(key, 1);
  return [random.bytes(SCHNORR_SIZE), envelopeOf(key, contentSize, random), control];
}

/** `"ord"`, tag 1, content type, then the content's tag. Source: ord's inscription specification. */
const ENVELOPE_HEAD = [
  0x00, 0x63, 0x03, 0x6f, 0x72, 0x64, 0x01, 0x01, 0x0a, 0x74, 0x65, 0x78, 0x74, 0x2f, 0x70, 0x6c, 0x61, 0x69, 0x6e,
  0x00,
];
const OP_CHECKSIG = 0xac;
const OP_ENDIF = 0x68;
const OP_PUSHDATA2 = 0x4d;

function envelopeSize(contentSize: number): number {
  return 34 + ENVELOPE_HEAD.length + contentSize + 3 * Math.ceil(contentSize / LARGEST_PUSH) + 1;
}

function envelopeOf(key: Uint8Array, contentSize: number, random: Random): Uint8Array {
  const script = new Uint8Array(envelopeSize(contentSize));
  script[0] = key.length;
  script.set(key, 1);
  script[33] = OP_CHECKSIG;
  script.set(ENVELOPE_HEAD, 34);
  let at = 34 + ENVELOPE_HEAD.length;
  for (let left = contentSize; left > 0; left -= LARGEST_PUSH) {
    const size = Math.min(left, LARGEST_PUSH);
    script.set([OP_PUSHDATA2, size & 0xff, size >>> 8], at);
    script.set(random.bytes(size), at + 3);
    at += 3 + size;
  }
  script[at] = OP_ENDIF;
  return script;
}

function pushes(...items: readonly Uint8Array[]): Uint8Array {
  const script = new Uint8Array(items.reduce((size, item) => size + 1 + item.length, 0));
  let at = 0;
  for (const item of items) {
    script[at] = item.length;
    script.set(item, at + 1);
    at += 1 + item.length;
  }
  return script;
}

function compactSizeLength(value: number): number {
  if (value < 0xfd) return 1;
  return value <= 0xffff ? 3 : 5;
}
