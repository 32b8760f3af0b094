import type { Outcome, Prediction, Score } from "#signals";

/** The block of an entry: after which it was made, by which it was resolved, or which left the chain. */
type EntryBlock = { readonly height: number; readonly blockHash: string; readonly time: number };

type Of = { readonly predictionId: string; readonly kind: Prediction["kind"] };

export type MadeEntry = Of &
  EntryBlock &
  Pick<Prediction, "subject" | "dueHeight" | "live" | "calibration" | "statement"> & { readonly type: "made" };

export type ResolvedEntry = Of &
  EntryBlock & { readonly type: "resolved"; readonly outcome: Outcome; readonly score: Score };

/** What resolved it, or that on which it stood, is not of the chain any more. */
export type ReorgEntry = Of & EntryBlock & { readonly type: "reopened" | "withdrawn"; readonly reason: string };

/** What an entry says. */
export type EntryBody = MadeEntry | ResolvedEntry | ReorgEntry;

/** Hex digits. */
export type ChainedEntry = {
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
  readonly body: EntryBody;
};

export function madeEntry({ id, ...prediction }: Prediction): MadeEntry {
  return { type: "made", predictionId: id, ...prediction };
}

/** The prediction as it was made. */
export function predictionOf({ type: _, predictionId: id, blockHash, ...rest }: MadeEntry): Prediction {
  return { id, blockHash: blockHash as Prediction["blockHash"], ...rest };
}

/** An entry by its place in the chain, and the hash that holds all up to it. */
export type EntryPlace = Pick<ChainedEntry, "seq" | "hash">;
