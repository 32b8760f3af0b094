import { type Bin, poolBins, type Scored, tenthOf } from "./pool-bins.ts";

/** What came of claims of one kind whose confidence lay in the same tenth; `undefined` where none were decided. */
export function soFar(
  kinds: readonly (Scored & { readonly kind: string })[],
  kind: string,
  confidence: number,
): Bin | undefined {
  const own = poolBins(kinds.filter((scores) => scores.kind === kind));
  return own.find(({ meanProbability }) => tenthOf(meanProbability) === tenthOf(confidence));
}
