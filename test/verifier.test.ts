import { describe, expect, test } from "vitest";
import { verifyText } from "#insights";
import { SIGNAL_KINDS } from "#signals";
import { pseudoRandom } from "./helpers/pseudo-random.ts";
import { fuzzTexts, textsOf } from "./helpers/verifier/fuzz-insight.ts";
import { randomInsight } from "./helpers/verifier/random-insight.ts";
import { FALSE_TEXTS, INSIGHTS, LATER_REPHRASINGS, MISSED_TEXTS, REPHRASINGS } from "./helpers/verifier/texts.ts";

const findings = ({ insight, text }: (typeof REPHRASINGS)[number]) => verifyText(text, insight);

describe("the verifier", () => {
  test("knows every kind, and accepts nine in ten of 200 faithful rephrasings", () => {
    expect(new Set(INSIGHTS.map(({ kind }) => kind))).toEqual(new Set(SIGNAL_KINDS));
    expect(REPHRASINGS).toHaveLength(200);
    expect(REPHRASINGS.filter((one) => findings(one).length === 0).length).toBeGreaterThanOrEqual(180);
  });

  test("accepts three in four of 44 faithful texts that were written later, most of them by a reviewer", () => {
    expect(LATER_REPHRASINGS).toHaveLength(44);
    expect(LATER_REPHRASINGS.filter((one) => findings(one).length === 0).length).toBeGreaterThanOrEqual(33);
  });

  test.each(FALSE_TEXTS)("refuses: $text ($fault)", (told) => {
    expect(findings(told)).not.toEqual([]);
  });

  test("misses no more than is known: what is mended moves to the texts that it refuses", () => {
    expect(MISSED_TEXTS.filter((one) => findings(one).length > 0)).toEqual([]);
  });

  test("accepts what our templates write of signals of any size, and no text of them that was made false", () => {
    const random = pseudoRandom(7);
    const composed = Array.from({ length: 520 }, (_, place) => randomInsight(random, place));
    const result = fuzzTexts([...INSIGHTS, ...composed].flatMap(textsOf), random);
    expect(result.unsupported).toEqual([]);
    expect(result.missed).toEqual([]);
    expect(Math.min(...Object.values(result.mutations))).toBeGreaterThan(300);
  });

  test("accepts no accepted rephrasing that was made false", () => {
    const random = pseudoRandom(8);
    const accepted = REPHRASINGS.filter((one) => findings(one).length === 0);
    expect(fuzzTexts([...accepted, ...accepted], random).missed).toEqual([]);
  });
});
