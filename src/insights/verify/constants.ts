import type { SignalKind } from "#signals";

const TWO_WEEKS =
  /\b(?:in|of|over|for|from|than)? ?(?:the )?(?:share of the )?(?:previous |last |preceding )?(?:two weeks|14 days|fortnight)(?: before)?\b/gi;
const TWO_DAYS = /\b(?:the )?(?:previous |preceding )?two days(?: before)?\b/gi;
const HALF_DAY = /\b(?:the |preceding |previous )*half day(?: before)?\b/gi;
const HALF_OF_WEIGHT = /\bhalf of the (?:block )?weight\b/gi;

/** Numbers that are part of what a kind means, not of what was measured: "half of the weight", "two weeks before". */
const CONSTANTS: Readonly<Partial<Record<SignalKind, readonly RegExp[]>>> = {
  "fee-spike": [HALF_DAY, HALF_OF_WEIGHT],
  "fee-level": [TWO_WEEKS],
  "empty-block": [TWO_WEEKS],
  "pool-run": [TWO_WEEKS],
  "hash-rate": [TWO_DAYS],
  dormancy: [/\bhalf of the blocks\b/gi],
  "reserve-change": [/\bseven days\b|\b7 days\b/gi],
  "large-transfer": [/\btwo (?:labelled )?owners\b|\bthe two are\b/gi],
};

export type Stretch = { readonly from: number; readonly to: number };

/** Where a text names what is fixed by the definition of its kind. */
export function constantsIn(text: string, kind: SignalKind): Stretch[] {
  return (CONSTANTS[kind] ?? []).flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ from: index, to: index + found.length })),
  );
}
