import { type Bin, poolBins, type Scored } from "./pool-bins.ts";

const TENTHS = 10;

/** What came of claims of one kind whose confidence lay in the same tenth; `undefined` where none were decided. */
export function soFar(
  kinds: readonly (Scored & { readonly kind: string })[],
  kind: string,
  confidence: number,
): Bin | undefined {
  const tenth = (probability: number): number => Math.min(TENTHS - 1, Math.floor(probability * TENTHS));
  const own = poolBins(kinds.filter((scores) => scores.kind === kind));
  return own.find(({ meanProbability }) => tenth(meanProbability) === tenth(confidence));
}
