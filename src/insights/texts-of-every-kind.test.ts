import { expect, test } from "vitest";
import { SIGNAL_KINDS } from "#signals";
import { pseudoRandom } from "../../test/helpers/pseudo-random.ts";
import { randomInsight } from "../../test/helpers/verifier/random-insight.ts";
import { HEADLINE_LENGTH } from "./write-headline.ts";

const ROUNDS = 20;
const random = pseudoRandom(90);
const insights = Array.from({ length: ROUNDS * SIGNAL_KINDS.length }, (_, place) => randomInsight(random, place));

test.each(SIGNAL_KINDS)("%s is told in a line, and in two or three sentences that say whole words", (kind) => {
  const told = insights.filter((insight) => insight.kind === kind);
  expect(told).toHaveLength(ROUNDS);
  for (const { headline, summary } of told) {
    expect(headline.length, headline).toBeLessThanOrEqual(HEADLINE_LENGTH);
    const sentences = summary.match(/[.](?= [A-Z]|$)/g) ?? [];
    expect([2, 3], summary).toContain(sentences.length);
    expect(summary).toMatch(/^[A-Z].*\.$/);
    for (const text of [headline, summary]) {
      expect(text).not.toMatch(
        /[{}]|undefined|NaN|Infinity| ,|  |(?<![\d.,])1 (?:days|coin days|blocks|transactions)\b|\b0 BTC is usual/,
      );
    }
  }
});
