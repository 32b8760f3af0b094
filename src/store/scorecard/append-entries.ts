import { sql, type Transaction } from "kysely";
import { byteaOf } from "../database/hash-column.ts";
import { insertRows } from "../database/insert-rows.ts";
import type { Tables } from "../database/schema.ts";
import type { ChainedEntry, EntryBody, EntryPlace, MadeEntry } from "./entry.ts";
import { BEFORE_FIRST, entryHash } from "./entry-hash.ts";
import { findHead } from "./find-head.ts";

/** From here to the end of the transaction nobody else appends: the order of entries is the order of commits. */
export async function lockScorecard(trx: Transaction<Tables>): Promise<void> {
  await sql`SELECT lock_scorecard()`.execute(trx);
}

/** Appends to the chain, and moves each prediction to where it stands now. The caller holds the lock. */
export async function appendEntries(trx: Transaction<Tables>, bodies: readonly EntryBody[]): Promise<void> {
  if (bodies.length === 0) return;
  const entries = chain(bodies, (await findHead(trx)) ?? BEFORE_FIRST);
  await insertRows(
    trx,
    "scorecard_entries",
    entries.map(({ seq, previous, hash, body }) => ({
      seq,
      previous: byteaOf(previous),
      hash: byteaOf(hash),
      body,
    })),
  );
  await movePredictions(trx, entries);
}

function chain(bodies: readonly EntryBody[], last: EntryPlace): ChainedEntry[] {
  let before = last;
  return bodies.map((body) => {
    const link = { seq: before.seq + 1, previous: before.hash, body };
    const entry = { ...link, hash: entryHash(link) };
    before = entry;
    return entry;
  });
}

/** Of several entries of one prediction the last one counts. */
async function movePredictions(trx: Transaction<Tables>, entries: readonly ChainedEntry[]): Promise<void> {
  const made = entries.filter((entry): entry is ChainedEntry & { body: MadeEntry } => entry.body.type === "made");
  const fresh = new Map(made.map(({ seq, body }) => [body.predictionId, rowOf(seq, body)]));
  if (fresh.size > 0) {
    const json = JSON.stringify([...fresh.values()]);
    // The same block may leave the chain and return, and then the same is said on it again.
    await sql`INSERT INTO predictions SELECT * FROM jsonb_populate_recordset(NULL::predictions, ${json}::jsonb)
      ON CONFLICT (id) DO UPDATE SET made_seq = excluded.made_seq, seq = excluded.seq, state = excluded.state,
        live = excluded.live, resolved_height = excluded.resolved_height`.execute(trx);
  }
  const moved = new Map(
    entries.filter(({ body }) => body.type !== "made").map((entry) => [entry.body.predictionId, move(entry)]),
  );
  if (moved.size === 0) return;
  await sql`UPDATE predictions SET seq = moved.seq, state = moved.state, resolved_height = moved.resolved_height
    FROM jsonb_populate_recordset(NULL::predictions, ${JSON.stringify([...moved.values()])}::jsonb) AS moved
    WHERE predictions.id = moved.id AND predictions.made_seq < moved.seq`.execute(trx);
}

function rowOf(seq: number, { predictionId: id, kind, subject, height, live }: MadeEntry) {
  return { id, made_seq: seq, seq, state: "open", kind, subject, height, live, resolved_height: null };
}

function move({ seq, body }: ChainedEntry) {
  const state = body.type === "resolved" ? "resolved" : body.type === "withdrawn" ? "withdrawn" : "open";
  return { id: body.predictionId, seq, state, resolved_height: state === "resolved" ? body.height : null };
}
