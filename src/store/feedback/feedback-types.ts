export type FlagReason = "inaccurate" | "misleading" | "spam" | "inappropriate" | "other";

/** What all people together said of an insight. */
export type FeedbackStats = {
  readonly insightId: string;
  /** How many gave one star, two, … five. */
  readonly distribution: readonly number[];
  /** Comments that are shown. */
  readonly comments: number;
  /** People who flagged it, each once. */
  readonly flags: number;
};
