import { ByteReader } from "./byte-reader.ts";
import { type BlockHash, displayHex } from "./hashes.ts";

/** Bytes of a serialised block header. */
export const HEADER_SIZE = 80;

export type BlockHeader = {
  readonly version: number;
  readonly prevHash: BlockHash;
  /** Internal byte order. */
  readonly merkleRoot: Uint8Array;
  /** Unix seconds, as the miner claims. */
  readonly time: number;
  /** Compact form of the target. */
  readonly bits: number;
  readonly nonce: number;
};

export function readHeader(reader: ByteReader): BlockHeader {
  if (reader.remaining < HEADER_SIZE) reader.fail(`needs ${HEADER_SIZE} bytes, ${reader.remaining} are left`);
  const version = reader.i32();
  const prevStart = reader.skip(32);
  const merkleStart = reader.skip(32);
  return {
    version,
    prevHash: displayHex(reader.bytes.subarray(prevStart, prevStart + 32)) as BlockHash,
    // A copy, also of a Buffer, whose own slice would keep the whole block in memory.
    merkleRoot: new Uint8Array(reader.bytes.subarray(merkleStart, merkleStart + 32)),
    time: reader.u32(),
    bits: reader.u32(),
    nonce: reader.u32(),
  };
}

/** Target of the compact form; undefined where negative, zero or overflowing. Source: Core `arith_uint256::SetCompact`. */
export function targetFromBits(bits: number): bigint | undefined {
  const exponent = bits >>> 24;
  const mantissa = bits & 0x7f_ffff;
  if ((bits & 0x80_0000) !== 0 || mantissa === 0) return undefined;
  const target =
    exponent <= 3 ? BigInt(mantissa >>> (8 * (3 - exponent))) : BigInt(mantissa) << BigInt(8 * (exponent - 3));
  return target === 0n || target >= 1n << 256n ? undefined : target;
}

/** Whether the hash meets the target of `bits`, and that target is within the network's limit. */
export function meetsProofOfWork(hash: BlockHash, bits: number, powLimitBits: number): boolean {
  const target = targetFromBits(bits);
  const limit = targetFromBits(powLimitBits);
  return target !== undefined && limit !== undefined && target <= limit && BigInt(`0x${hash}`) <= target;
}

/** Hashes that it takes on average to meet the target of `bits`; 0 where that is no target. Source: Core `GetBlockProof`. */
export function workOf(bits: number): bigint {
  const target = targetFromBits(bits);
  return target === undefined ? 0n : (1n << 256n) / (target + 1n);
}

/** The target of difficulty 1 over that of `bits`; 0 where that is no target. Source: Core `GetDifficulty`. */
export function difficultyOf(bits: number): number {
  const mantissa = bits & 0x7f_ffff;
  return mantissa === 0 ? 0 : (0xffff / mantissa) * 2 ** (8 * (0x1d - (bits >>> 24)));
}

/** Reads a header of 80 bytes. @throws ParseError */
export function parseHeader(bytes: Uint8Array): BlockHeader {
  return readHeader(new ByteReader(bytes, "header", () => "header"));
}
