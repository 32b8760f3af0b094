import { addressOf, classifyScript, type Network, type ScriptType } from "#bitcoin";
import { sha256 } from "#lib";
import { opcodeName } from "./opcode-names.ts";

export type ScriptJson = {
  readonly asm: string;
  readonly desc: string;
  readonly hex: string;
  readonly address?: string;
  readonly type: string;
};

/** Core's names of script types (`script/solver.cpp`, GetTxnOutputType). */
const CORE_TYPES: Readonly<Record<ScriptType, string>> = {
  p2pk: "pubkey",
  p2pkh: "pubkeyhash",
  p2sh: "scripthash",
  p2wpkh: "witness_v0_keyhash",
  p2wsh: "witness_v0_scripthash",
  p2tr: "witness_v1_taproot",
  p2a: "anchor",
  multisig: "multisig",
  op_return: "nulldata",
  other: "nonstandard",
};

export function scriptJson(script: Uint8Array, network: Network): ScriptJson {
  const type = coreType(script);
  const address = addressOf(script, network, sha256);
  const desc = withChecksum(descriptorOf(script, type, address));
  const basics = { asm: asmOf(script), desc, hex: hex(script) };
  return address === undefined ? { ...basics, type } : { ...basics, address, type };
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

function coreType(script: Uint8Array): string {
  const type = CORE_TYPES[classifyScript(script, 0, script.length)];
  return type === "nulldata" && listParts(script, 1).some((part) => typeof part !== "object") ? "nonstandard" : type;
}

function descriptorOf(script: Uint8Array, type: string, address: string | undefined): string {
  if (type === "witness_v1_taproot") return `rawtr(${hex(script.subarray(2))})`;
  if (type === "pubkey") return `pk(${hex(script.subarray(1, -1))})`;
  if (type === "multisig") {
    const keys = listParts(script).filter((part) => typeof part === "object");
    return `multi(${(script[0] ?? 0) - 0x50},${keys.map(hex).join(",")})`;
  }
  return address === undefined ? `raw(${hex(script)})` : `addr(${address})`;
}

/** A script as Core writes it for people (`core_write.cpp`, ScriptToAsmStr); signatures in inputs name what they sign. */
export function asmOf(script: Uint8Array, inInput = false): string {
  return listParts(script)
    .map((part) => {
      if (typeof part === "string") return part;
      if (typeof part === "number") return opcodeName(part);
      if (part.length <= 4) return String(scriptNumber(part));
      return inInput ? signatureText(part) : hex(part);
    })
    .join(" ");
}

/** Opcodes as numbers, what is pushed as bytes, and what cannot be read as `[error]`. */
function listParts(script: Uint8Array, start = 0): (number | Uint8Array | "[error]")[] {
  const parts: (number | Uint8Array | "[error]")[] = [];
  let offset = start;
  while (offset < script.length) {
    const opcode = script[offset] ?? 0;
    offset += 1;
    if (opcode > 0x4e) {
      parts.push(opcode);
      continue;
    }
    const lengthSize = opcode < 0x4c ? 0 : 2 ** (opcode - 0x4c);
    const length = opcode < 0x4c ? opcode : littleEndian(script.subarray(offset, offset + lengthSize));
    const end = offset + lengthSize + length;
    if (end > script.length) return [...parts, "[error]"];
    parts.push(script.subarray(offset + lengthSize, end));
    offset = end;
  }
  return parts;
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
}

/** Little-endian, with the sign in the highest bit. */
function scriptNumber(bytes: Uint8Array): number {
  const last = bytes.length - 1;
  const isNegative = ((bytes[last] ?? 0) & 0x80) !== 0;
  return isNegative ? -littleEndian(bytes.with(last, (bytes[last] ?? 0) & 0x7f)) : littleEndian(bytes);
}

const SIGHASHES: Readonly<Record<number, string>> = {
  0x01: "[ALL]",
  0x02: "[NONE]",
  0x03: "[SINGLE]",
  0x81: "[ALL|ANYONECANPAY]",
  0x82: "[NONE|ANYONECANPAY]",
  0x83: "[SINGLE|ANYONECANPAY]",
};

function signatureText(bytes: Uint8Array): string {
  const isSignature = bytes[0] === 0x30 && bytes.length >= 9 && bytes.length <= 73 && bytes[1] === bytes.length - 3;
  const sighash = SIGHASHES[bytes.at(-1) ?? 0];
  return isSignature && sighash !== undefined ? `${hex(bytes.subarray(0, -1))}${sighash}` : hex(bytes);
}

const INPUT_CHARSET =
  "0123456789()[],'/*abcdefgh@:$%{}IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ";
const CHECKSUM_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/** The upper and the lower 20 bits of BIP380's five numbers. */
const GENERATOR: readonly (readonly [upper: number, lower: number])[] = [
  [0xf5dee, 0x51989],
  [0xa9fdc, 0xa3312],
  [0x1bab1, 0x0e32d],
  [0x3706b, 0x1677a],
  [0x644d6, 0x26ffd],
];

/** What the five highest bits of the checksum change in its halves. */
const CHANGES = [0, 1].map((half) =>
  Array.from({ length: 32 }, (_, top) =>
    GENERATOR.reduce((value, numbers, bit) => (((top >> bit) & 1) === 0 ? value : value ^ (numbers[half] ?? 0)), 0),
  ),
);

/** BIP380. The checksum has 40 bits and is kept in two halves, because numbers of 32 bits are fast. */
function withChecksum(descriptor: string): string {
  const [upperChanges = [], lowerChanges = []] = CHANGES;
  let upper = 0;
  let lower = 1;
  const add = (symbol: number): void => {
    const top = upper >> 15;
    upper = (((upper & 0x7fff) << 5) | (lower >> 15)) ^ (upperChanges[top] ?? 0);
    lower = ((lower & 0x7fff) << 5) ^ symbol ^ (lowerChanges[top] ?? 0);
  };
  let group = 0;
  let inGroup = 0;
  for (const character of descriptor) {
    const position = INPUT_CHARSET.indexOf(character);
    add(position & 31);
    group = group * 3 + (position >> 5);
    inGroup += 1;
    if (inGroup < 3) continue;
    add(group);
    group = 0;
    inGroup = 0;
  }
  if (inGroup > 0) add(group);
  for (let index = 0; index < 8; index += 1) add(0);
  lower ^= 1;
  const symbols = [upper, lower].flatMap((half) => [15, 10, 5, 0].map((bits) => (half >> bits) & 31));
  return `${descriptor}#${symbols.map((symbol) => CHECKSUM_CHARSET[symbol]).join("")}`;
}
