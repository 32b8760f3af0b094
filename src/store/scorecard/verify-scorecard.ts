import type { Database } from "../database/schema.ts";
import type { ChainedEntry, EntryPlace } from "./entry.ts";
import { BEFORE_FIRST, entryHash } from "./entry-hash.ts";
import { findMisplaced } from "./find-misplaced.ts";

type ScorecardCheck = {
  /** Entries whose chain holds, from the first on. */
  readonly entries: number;
  /** Hash of the last of them, hex; whoever noted it sees later whether the chain still holds it. */
  readonly head: string;
  /** The first that does not hold, or whose prediction is listed otherwise; `undefined` where there is none. */
  readonly broken: { readonly seq: number; readonly reason: string } | undefined;
};

const PAGE = 2_000;

/**
 * Reads the whole chain and computes it anew, entry by entry, until one does not hold; then holds the list of predictions
 * against it.
 * @param noted hash of an entry that was seen earlier, hex: where it is missing, the end of the chain was cut off
 */
export async function verifyScorecard(db: Database, noted?: string): Promise<ScorecardCheck> {
  const chain = await verifyChain(db);
  if (chain.broken !== undefined) return chain;
  if (noted !== undefined && !(await hasEntry(db, noted))) {
    return { ...chain, broken: { seq: chain.entries + 1, reason: `the entry of the hash ${noted} is missing` } };
  }
  return { ...chain, broken: await findMisplaced(db) };
}

async function hasEntry(db: Database, hash: string): Promise<boolean> {
  const row = await db
    .selectFrom("scorecard_entries")
    .select("seq")
    .where("hash", "=", Buffer.from(hash, "hex"))
    .executeTakeFirst();
  return row !== undefined || hash === BEFORE_FIRST.hash;
}

async function verifyChain(db: Database): Promise<ScorecardCheck> {
  let before = BEFORE_FIRST;
  for (;;) {
    const page = await listAfter(db, before.seq);
    for (const entry of page) {
      const reason = faultOf(entry, before);
      if (reason !== undefined) {
        return { entries: before.seq, head: before.hash, broken: { seq: entry.seq, reason } };
      }
      before = entry;
    }
    if (page.length < PAGE) return { entries: before.seq, head: before.hash, broken: undefined };
  }
}

async function listAfter(db: Database, seq: number): Promise<ChainedEntry[]> {
  const rows = await db
    .selectFrom("scorecard_entries")
    .select(["seq", "previous", "hash", "body"])
    .where("seq", ">", seq)
    .orderBy("seq")
    .limit(PAGE)
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    previous: row.previous.toString("hex"),
    hash: row.hash.toString("hex"),
    body: row.body,
  }));
}

function faultOf(entry: ChainedEntry, before: EntryPlace): string | undefined {
  if (entry.seq !== before.seq + 1) return `entry ${before.seq + 1} is missing`;
  if (entry.previous !== before.hash) return `it does not follow entry ${before.seq}`;
  if (entryHash(entry) !== entry.hash) return "its hash is not that of what it says";
  return undefined;
}
