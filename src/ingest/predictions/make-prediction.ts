import type { BlockHash } from "#bitcoin";
import { canonicalDigest } from "#lib";
import type { ForecastDraft, Prediction } from "#signals";

/** Where and when something is said. */
export type Moment = {
  readonly height: number;
  readonly hash: BlockHash;
  /** By the chain's clock, unix seconds. */
  readonly time: number;
  /** Whether its block is the source's tip. */
  readonly live: boolean;
};

type Said = ForecastDraft | Omit<Prediction, "id" | "height" | "blockHash" | "time" | "live">;

/** What is said, with the block on which it stands. Its id follows from all that it says. */
export function makePrediction(said: Said, { height, hash, time, live }: Moment): Prediction {
  const { kind, subject, dueHeight, calibration, statement } = said;
  const prediction = { kind, subject, height, blockHash: hash, time, dueHeight, live, calibration, statement };
  const id = canonicalDigest({ ...prediction, live: undefined, time: undefined }).slice(0, 32);
  return { id, ...prediction };
}
