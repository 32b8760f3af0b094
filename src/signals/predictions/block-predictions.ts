import type { Outcome, Prediction } from "./prediction.ts";
import type { Score } from "./score-outcome.ts";

/** A prediction with what came of it. */
export type Resolution = { readonly prediction: Prediction; readonly outcome: Outcome; readonly score: Score };

/** What a block does to predictions: it resolves some that were made before it, and then some are made. */
export type BlockPredictions = { readonly resolved: readonly Resolution[]; readonly made: readonly Prediction[] };
