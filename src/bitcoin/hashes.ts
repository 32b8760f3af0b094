/** SHA-256 of the bytes. The core is pure, so the caller brings the implementation. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** A block hash as people see it: 64 hex digits, byte-reversed. */
export type BlockHash = string & { readonly brand: "BlockHash" };

/** A transaction id as people see it: 64 hex digits, byte-reversed. */
export type Txid = string & { readonly brand: "Txid" };

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Double SHA-256, Core's `Hash256`: 32 bytes in internal order. */
export function hash256(bytes: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(sha256(bytes));
}

/** Internal byte order → display hex. Bitcoin's reversal happens here and in {@link bytesFromDisplayHex} alone. */
export function displayHex(bytes: Uint8Array): string {
  let text = "";
  for (let index = bytes.length - 1; index >= 0; index -= 1) text += HEX[bytes[index] ?? 0];
  return text;
}

/** Display hex → internal byte order. */
export function bytesFromDisplayHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[bytes.length - 1 - index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

export function blockHashOf(header: Uint8Array, sha256: Sha256): BlockHash {
  return displayHex(hash256(header, sha256)) as BlockHash;
}
