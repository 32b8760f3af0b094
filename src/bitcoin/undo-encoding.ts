import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { SpentOutputs } from "./spent-outputs.ts";

/**
 * Spent outputs with coin heights → Core's `CBlockUndo` (as in `rev*.dat`, without its record's header and checksum),
 * the counterpart of `decodeUndo`. `isCoinbase` tells by its place among all coins whether a coinbase made one.
 * Uncompressed keys are written as they are: to shorten them, Core asks first whether they are points of the curve.
 * Source: Core `undo.h`, `compressor.cpp`, `serialize.h` (VARINT).
 * @throws ParseError where the bytes are no spent outputs
 * @throws RangeError where heights are unknown
 */
export function encodeUndo({ bytes, coinHeights }: SpentOutputs, isCoinbase: (coin: number) => boolean): Uint8Array {
  const reader = new ByteReader(bytes, "spent outputs", () => "");
  const writer = new ByteWriter(bytes.length + 16);
  const transactions = reader.compactSize(reader.remaining, "transactions");
  reader.compactSize(0, "spent outputs");
  writer.compactSize(transactions - 1);
  let coin = 0;
  for (let tx = 1; tx < transactions; tx += 1) {
    const coins = reader.compactSize(reader.remaining, "spent outputs");
    writer.compactSize(coins);
    for (let left = coins; left > 0; left -= 1) {
      writeOrigin(writer, coinHeights?.[coin], isCoinbase(coin));
      writeVarInt(writer, compressAmount(BigInt(reader.sats())));
      const start = reader.skip(reader.compactSize(reader.remaining, "script bytes"));
      writeScript(writer, bytes.subarray(start, reader.offset));
      coin += 1;
    }
  }
  return writer.toBytes();
}

function writeOrigin(writer: ByteWriter, height: number | undefined, coinbase: boolean): void {
  if (height === undefined) throw new RangeError("an undo holds the height of every coin");
  writeVarInt(writer, BigInt(height) * 2n + (coinbase ? 1n : 0n));
  // Once the version of the transaction that made the coin.
  if (height > 0) writer.u8(0);
}

/** Core `CompressAmount`: trailing zeros become an exponent of ten. */
function compressAmount(sats: bigint): bigint {
  if (sats === 0n) return 0n;
  let rest = sats;
  let exponent = 0n;
  for (; rest % 10n === 0n && exponent < 9n; exponent += 1n) rest /= 10n;
  if (exponent === 9n) return (rest - 1n) * 10n + 10n;
  return ((rest / 10n) * 9n + (rest % 10n) - 1n) * 10n + exponent + 1n;
}

/** Core `WriteVarInt`: groups of seven bits, the highest first, each but the last one less than it is. */
function writeVarInt(writer: ByteWriter, value: bigint): void {
  const groups = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) {
    rest -= 1n;
    groups.push(Number(rest & 0x7fn) | 0x80);
  }
  for (const group of groups.toReversed()) writer.u8(group);
}

/** Forms of which Core writes the hash or the key alone, by the number that stands for each. */
const P2PKH = { before: [0x76, 0xa9, 20], size: 20, after: [0x88, 0xac] } as const;
const P2SH = { before: [0xa9, 20], size: 20, after: [0x87] } as const;
const P2PK_EVEN = { before: [33, 2], size: 32, after: [0xac] } as const;
const P2PK_ODD = { before: [33, 3], size: 32, after: [0xac] } as const;
const FORMS = [P2PKH, P2SH, P2PK_EVEN, P2PK_ODD];

/** Numbers from here on say how long a script is that is written whole. */
const FIRST_SIZE = 6;

function writeScript(writer: ByteWriter, script: Uint8Array): void {
  const form = FORMS.findIndex((candidate) => isOf(candidate, script));
  const found = FORMS[form];
  if (found === undefined) {
    writeVarInt(writer, BigInt(script.length + FIRST_SIZE));
    return writer.bytes(script);
  }
  writer.u8(form);
  writer.bytes(script.subarray(found.before.length, found.before.length + found.size));
}

function isOf({ before, size, after }: (typeof FORMS)[number], script: Uint8Array): boolean {
  const end = before.length + size;
  return (
    script.length === end + after.length &&
    before.every((byte, index) => script[index] === byte) &&
    after.every((byte, index) => script[end + index] === byte)
  );
}
