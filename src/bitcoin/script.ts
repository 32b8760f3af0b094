/** Script types by name, in the order in which {@link ScriptType} lists them. Source: Core `script/solver.cpp`. */
export const SCRIPT_TYPES = [
  "p2pk",
  "p2pkh",
  "p2sh",
  "p2wpkh",
  "p2wsh",
  "p2tr",
  "p2a",
  "multisig",
  "op_return",
  "other",
] as const;

export type ScriptType = (typeof SCRIPT_TYPES)[number];

const OP = {
  zero: 0x00,
  one: 0x51,
  sixteen: 0x60,
  return: 0x6a,
  dup: 0x76,
  equal: 0x87,
  equalVerify: 0x88,
  hash160: 0xa9,
  checkSig: 0xac,
  checkMultisig: 0xae,
} as const;

/** A longer script can never be spent. Source: Core `script/script.h`. */
const MAX_SCRIPT_SIZE = 10_000;

/** Core's `CScript::IsUnspendable`: such an output never enters the UTXO set. */
export function isUnspendable(bytes: Uint8Array, start: number, end: number): boolean {
  return (end > start && bytes[start] === OP.return) || end - start > MAX_SCRIPT_SIZE;
}

/** `op_return` is every script that begins with OP_RETURN, standard or not. Reads `bytes[start..end)` in place. */
export function classifyScript(bytes: Uint8Array, start: number, end: number): ScriptType {
  return SCRIPT_TYPES[scriptTypeIndex(bytes, start, end)] ?? "other";
}

/** Places of the types in {@link SCRIPT_TYPES}. */
const INDEX = Object.fromEntries(SCRIPT_TYPES.map((type, index) => [type, index])) as Record<ScriptType, number>;

/** The type of {@link classifyScript} as its place in {@link SCRIPT_TYPES}, for columns of numbers. */
export function scriptTypeIndex(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0) return INDEX.other;
  const first = bytes[start];
  if (first === OP.return) return INDEX.op_return;
  if (first === OP.dup) return isPubKeyHash(bytes, start, length) ? INDEX.p2pkh : INDEX.other;
  if (first === OP.hash160) return isScriptHash(bytes, start, length) ? INDEX.p2sh : INDEX.other;
  if (first === OP.zero) return witnessV0(bytes, start, length);
  if (first === OP.one && length === 34 && bytes[start + 1] === 32) return INDEX.p2tr;
  if (first === OP.one && length === 4 && isPayToAnchor(bytes, start)) return INDEX.p2a;
  if (isPubKey(bytes, start, length)) return INDEX.p2pk;
  return isMultisig(bytes, start, end) ? INDEX.multisig : INDEX.other;
}

/** Bytes that it takes to spend an output, as Core counts them: less where a witness does it. */
const SPENDING_BYTES = { witness: 67, script: 148 } as const;

/** sat/vB at which spending has to be worth while. */
const DUST_FEE_RATE = 3;

/** No output of so many satoshis is dust. */
const LARGEST_DUST_THRESHOLD = DUST_FEE_RATE * (8 + 3 + MAX_SCRIPT_SIZE + SPENDING_BYTES.script);

/**
 * Satoshis below which an output of the script `bytes[start..end)` is dust: 546 for p2pkh, 294 for p2wpkh, 0 for what can
 * never be spent. Source: Core `GetDustThreshold` at the default `-dustrelayfee`.
 */
export function dustThreshold(bytes: Uint8Array, start: number, end: number): number {
  if (isUnspendable(bytes, start, end)) return 0;
  const length = end - start;
  const spending = isWitnessProgram(bytes, start, end) ? SPENDING_BYTES.witness : SPENDING_BYTES.script;
  return DUST_FEE_RATE * (8 + (length < 0xfd ? 1 : 3) + length + spending);
}

/** Whether an output (or the coin that it became) is below its {@link dustThreshold}; `bytes` hold its script. */
export function isDust(bytes: Uint8Array, output: { value: number; scriptStart: number; scriptEnd: number }): boolean {
  const { value } = output;
  return value < LARGEST_DUST_THRESHOLD && value < dustThreshold(bytes, output.scriptStart, output.scriptEnd);
}

/** Of any version. Core's `CScript::IsWitnessProgram`, BIP141. */
function isWitnessProgram(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 4 || length > 42 || bytes[start + 1] !== length - 2) return false;
  return bytes[start] === OP.zero || smallNumber(bytes[start]) !== undefined;
}

function isPubKeyHash(bytes: Uint8Array, start: number, length: number): boolean {
  return (
    length === 25 &&
    bytes[start + 1] === OP.hash160 &&
    bytes[start + 2] === 20 &&
    bytes[start + 23] === OP.equalVerify &&
    bytes[start + 24] === OP.checkSig
  );
}

function isScriptHash(bytes: Uint8Array, start: number, length: number): boolean {
  return length === 23 && bytes[start + 1] === 20 && bytes[start + 22] === OP.equal;
}

function witnessV0(bytes: Uint8Array, start: number, length: number): number {
  if (length === 22 && bytes[start + 1] === 20) return INDEX.p2wpkh;
  return length === 34 && bytes[start + 1] === 32 ? INDEX.p2wsh : INDEX.other;
}

function isPayToAnchor(bytes: Uint8Array, start: number): boolean {
  return bytes[start + 1] === 2 && bytes[start + 2] === 0x4e && bytes[start + 3] === 0x73;
}

function isPubKey(bytes: Uint8Array, start: number, length: number): boolean {
  const size = bytes[start];
  return (
    (size === 33 || size === 65) &&
    length === size + 2 &&
    bytes[start + length - 1] === OP.checkSig &&
    isKeyOfSize(bytes[start + 1], size)
  );
}

/** Core's `CPubKey::ValidSize`: the first byte tells how long a key is. */
function isKeyOfSize(first: number | undefined, size: number): boolean {
  if (size === 33) return first === 2 || first === 3;
  return size === 65 && (first === 4 || first === 6 || first === 7);
}

/** m keys… n OP_CHECKMULTISIG with 1 ≤ m ≤ n, the small numbers as OP_1…OP_16. */
function isMultisig(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 37 || bytes[end - 1] !== OP.checkMultisig) return false;
  const required = smallNumber(bytes[start]);
  const total = smallNumber(bytes[end - 2]);
  if (required === undefined || total === undefined || required > total) return false;
  let offset = start + 1;
  let keys = 0;
  while (offset < end - 2) {
    const size = bytes[offset] ?? 0;
    if (offset + 1 + size > end - 2 || !isKeyOfSize(bytes[offset + 1], size)) return false;
    offset += 1 + size;
    keys += 1;
  }
  return keys === total;
}

function smallNumber(opcode: number | undefined): number | undefined {
  return opcode !== undefined && opcode >= OP.one && opcode <= OP.sixteen ? opcode - OP.one + 1 : undefined;
}
