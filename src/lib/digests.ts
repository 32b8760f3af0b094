import { hash } from "node:crypto";

/** SHA-256 by OpenSSL, for rooms that have their hash function passed in. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return bytesOf(hash("sha256", bytes, "binary"));
}

/** RIPEMD-160 by OpenSSL. */
export function ripemd160(bytes: Uint8Array): Uint8Array {
  return bytesOf(hash("ripemd160", bytes, "binary"));
}

/**
 * A digest comes as a text, a byte a character: a buffer of Node's has memory outside the heap, and to get and to collect
 * that takes longer than all the rest.
 */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}
