import type { CompressedKeys } from "./compressed-key.ts";
import type { CompressedReader } from "./compressed-reader.ts";
import type { SpentOutputsWriter } from "./spent-outputs-writer.ts";

/** A size below this stands for a form of script; of any other it is to be taken away. */
const SPECIAL_SCRIPTS = 6;

/** Core `script.h`: nobody can spend a longer one. */
const MAX_SCRIPT_SIZE = 10_000;

const OP_CHECKSIG = 0xac;

/**
 * Reads a compressed script and writes it, with its length before it, as it stands in an output.
 * 0 is P2PKH, 1 P2SH, 2 and 3 P2PK with a compressed key, 4 and 5 P2PK with an uncompressed one.
 * Source: Core `compressor.h`, `compressor.cpp`.
 */
export function decompressScript(from: CompressedReader, to: SpentOutputsWriter, keys: CompressedKeys): void {
  const start = from.offset;
  const size = from.varInt("script size");
  if (size >= SPECIAL_SCRIPTS) {
    copyScript(from, to, { size: size - SPECIAL_SCRIPTS, start });
  } else if (size === 0) {
    // 25 bytes: OP_DUP OP_HASH160 20 <hash> OP_EQUALVERIFY OP_CHECKSIG.
    to.u32(0x1976a914);
    to.copy(from.view, from.skip(20, "script"), 20);
    to.u8(0x88);
    to.u8(OP_CHECKSIG);
  } else if (size === 1) {
    // 23 bytes: OP_HASH160 20 <hash> OP_EQUAL.
    to.u8(0x17);
    to.u8(0xa9);
    to.u8(0x14);
    to.copy(from.view, from.skip(20, "script"), 20);
    to.u8(0x87);
  } else if (size <= 3) {
    to.u8(35);
    to.u8(33);
    to.u8(size);
    to.copy(from.view, from.skip(32, "script"), 32);
    to.u8(OP_CHECKSIG);
  } else {
    to.u8(67);
    to.u8(65);
    to.copy(readUncompressedKey(from, keys, size === 5), 0, 65);
    to.u8(OP_CHECKSIG);
  }
}

function copyScript(
  from: CompressedReader,
  to: SpentOutputsWriter,
  { size, start }: { size: number; start: number },
): void {
  if (size > MAX_SCRIPT_SIZE) from.fail("script size", `${size} bytes are more than a script may have`, start);
  to.beginCoin(size);
  to.compactSize(size);
  to.copy(from.view, from.skip(size, "script"), size);
}

function readUncompressedKey(from: CompressedReader, keys: CompressedKeys, odd: boolean): DataView {
  const start = from.skip(32, "script");
  const key = keys.uncompressed(from.view, start, odd);
  if (key === undefined) from.fail("script", "is not the x coordinate of a public key", start);
  return new DataView(key.buffer, key.byteOffset, key.byteLength);
}
