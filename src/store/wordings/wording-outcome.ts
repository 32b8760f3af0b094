/** What came of asking a language model; `too-late` is an accepted text whose insight is not what it was. */
export type WordingOutcome = "accepted" | "refused" | "failed" | "timed-out" | "too-late";
