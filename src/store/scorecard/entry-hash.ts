import { canonicalDigest } from "#lib";
import type { ChainedEntry, EntryPlace } from "./entry.ts";

/** What stands before the first entry. */
export const BEFORE_FIRST: EntryPlace = { seq: 0, hash: "00".repeat(32) };

/** SHA-256 of the entry's canonical JSON, in hex. */
export function entryHash({ seq, previous, body }: Omit<ChainedEntry, "hash">): string {
  return canonicalDigest({ ...body, seq, previous });
}
