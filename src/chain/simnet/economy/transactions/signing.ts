import type { ByteWriter } from "#bitcoin";
import type { Random } from "../chance/random.ts";
import { OUTPUT_SCRIPT_SIZE, type ScriptKind, type SimScript } from "../people/sim-script.ts";
import type { Coin } from "../people/wallet.ts";

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
function inputWeight({ kind, contentSize }: SimScript): number {
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

/**
 * Writes an input and its witness, with signatures of the right form over nothing: random bytes, as nobody has keys.
 * Straight into the writers, as arrays for each signature would take longer than all the rest.
 */
export function signInput(
  coin: Coin,
  sequence: number,
  random: Random,
  to: { base: ByteWriter; witness: ByteWriter },
): void {
  const { script, txid, outputIndex } = coin;
  const { base, witness } = to;
  base.bytes(txid);
  base.u32(outputIndex);
  writeScript(script, random, base);
  base.u32(sequence);
  writeWitness(script, random, witness);
}

function writeScript({ kind, pubKey, redeem }: SimScript, random: Random, base: ByteWriter): void {
  if (kind === "p2pkh") {
    base.u8(2 + ECDSA_SIZE + KEY_SIZE);
    writeSignature(base, random);
    base.sizedBytes(pubKey);
  } else if (kind === "p2sh-p2wpkh") {
    base.u8(1 + redeem.length);
    base.sizedBytes(redeem);
  } else {
    base.u8(0);
  }
}

function writeWitness(script: SimScript, random: Random, witness: ByteWriter): void {
  switch (script.kind) {
    case "p2pkh":
      return witness.u8(0);
    case "p2tr":
      witness.u8(1);
      return writeSchnorr(witness, random);
    case "p2wpkh":
    case "p2sh-p2wpkh":
      witness.u8(2);
      writeSignature(witness, random);
      return witness.sizedBytes(script.pubKey);
    case "p2wsh":
      witness.u8(4);
      witness.u8(0);
      writeSignature(witness, random);
      writeSignature(witness, random);
      return witness.sizedBytes(script.redeem);
    case "inscription":
      return writeReveal(script, random, witness);
  }
}

/** BIP66 form: sequence of two positive integers without leading zeros, the second low (BIP146), then SIGHASH_ALL. */
function writeSignature(writer: ByteWriter, random: Random): void {
  writer.u8(ECDSA_SIZE);
  writer.u16(0x4430);
  writer.u16(0x2002);
  writer.u8(random.between(0x01, 0x7f));
  writeRandom(writer, random, 31);
  writer.u16(0x2002);
  writer.u8(random.between(0x01, 0x7e));
  writeRandom(writer, random, 31);
  writer.u8(0x01);
}

function writeSchnorr(writer: ByteWriter, random: Random): void {
  writer.u8(SCHNORR_SIZE);
  writeRandom(writer, random, SCHNORR_SIZE);
}

function writeRandom(writer: ByteWriter, random: Random, length: number): void {
  let left = length;
  for (; left >= 4; left -= 4) writer.u32(random.u32());
  for (; left > 0; left -= 1) writer.u8(random.u32() & 0xff);
}

/** `"ord"`, tag 1, content type, then the content's tag. Source: ord's inscription specification. */
const ENVELOPE_HEAD = Uint8Array.from([
  0x00, 0x63, 0x03, 0x6f, 0x72, 0x64, 0x01, 0x01, 0x0a, 0x74, 0x65, 0x78, 0x74, 0x2f, 0x70, 0x6c, 0x61, 0x69, 0x6e,
  0x00,
]);
const LEAF_VERSION = 0xc0;
const OP_CHECKSIG = 0xac;
const OP_ENDIF = 0x68;
const OP_PUSHDATA2 = 0x4d;

function envelopeSize(contentSize: number): number {
  return 34 + ENVELOPE_HEAD.length + contentSize + 3 * Math.ceil(contentSize / LARGEST_PUSH) + 1;
}

/** Signature, script with the envelope, control block (BIP341 script path). */
function writeReveal({ pubKey, contentSize }: SimScript, random: Random, witness: ByteWriter): void {
  const key = pubKey.subarray(1);
  witness.u8(3);
  writeSchnorr(witness, random);
  witness.compactSize(envelopeSize(contentSize));
  witness.sizedBytes(key);
  witness.u8(OP_CHECKSIG);
  witness.bytes(ENVELOPE_HEAD);
  for (let left = contentSize; left > 0; left -= LARGEST_PUSH) {
    const size = Math.min(left, LARGEST_PUSH);
    witness.u8(OP_PUSHDATA2);
    witness.u16(size);
    writeRandom(witness, random, size);
  }
  witness.u8(OP_ENDIF);
  witness.u8(CONTROL_BLOCK_SIZE);
  witness.u8(LEAF_VERSION);
  witness.bytes(key);
}

function compactSizeLength(value: number): number {
  if (value < 0xfd) return 1;
  return value <= 0xffff ? 3 : 5;
}
