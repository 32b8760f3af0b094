import type { BlockHash } from "#bitcoin";

/** Display hex → what PostgreSQL reads as `bytea`, in a parameter as well as inside JSON. */
export function byteaOf(hash: string): string {
  return `\\x${hash}`;
}

/** The same for a comparison, where the column is read. */
export function bytesOf(hash: string): Buffer {
  return Buffer.from(hash, "hex");
}

export function blockHashOfColumn(bytes: Buffer): BlockHash {
  return bytes.toString("hex") as BlockHash;
}
