import { hash } from "node:crypto";

/** SHA-256 by OpenSSL, for rooms that have their hash function passed in. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const digest = new Uint8Array(32);
  writeSha256(bytes, digest, 0);
  return digest;
}

/** Writes the SHA-256 to where it is wanted. */
export function writeSha256(bytes: Uint8Array, target: Uint8Array, offset: number): void {
  write(hash("sha256", bytes, "binary"), target, offset);
}

/** Writes the RIPEMD-160 to where it is wanted. */
export function writeRipemd160(bytes: Uint8Array, target: Uint8Array, offset: number): void {
  write(hash("ripemd160", bytes, "binary"), target, offset);
}

/**
 * A digest comes as a text, a byte a character: a buffer of Node's has memory outside the heap, and to get and to collect
 * that takes longer than all the rest.
 */
function write(text: string, target: Uint8Array, offset: number): void {
  for (let index = 0; index < text.length; index += 1) target[offset + index] = text.charCodeAt(index);
}
