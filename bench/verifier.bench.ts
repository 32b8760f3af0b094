/**
 * Ten thousand texts of our own, of a simulated chain and of random signals of every kind: the verifier has to accept
 * each. One digit, unit, name, direction or pair of slots is then changed in each that has one: it has to refuse them.
 * Two hundred faithful rephrasings written by hand before it was, and false ones, say what else it accepts and refuses.
 */
import assert from "node:assert/strict";
import { verifyText } from "#insights";
import { pseudoRandom } from "../test/helpers/pseudo-random.ts";
import { fuzzTexts, textsOf } from "../test/helpers/verifier/fuzz-insight.ts";
import { randomInsight } from "../test/helpers/verifier/random-insight.ts";
import { FALSE_TEXTS, LATER_REPHRASINGS, MISSED_TEXTS, REPHRASINGS } from "../test/helpers/verifier/texts.ts";
import { simulateInsights } from "./verifier/simulate-insights.ts";

const TEXTS = 10_000;
/** A seed for tuning, long enough for the detectors with the longest look-back. */
const ORDER = { seed: 11, blocks: 7_000 };

export async function run(): Promise<Record<string, unknown>> {
  const random = pseudoRandom(2_026);
  const simulated = simulateInsights(ORDER);
  const made = Array.from({ length: TEXTS / 2 - simulated.insights.length }, (_, place) =>
    randomInsight(random, place),
  );
  const { texts, unsupported, mutations, missed } = fuzzTexts(
    [...simulated.insights, ...made].flatMap(textsOf),
    random,
  );
  const tried = Object.values(mutations).reduce((sum, count) => sum + count, 0);
  for (const line of [...unsupported, ...missed]) console.log(line);
  const [accepted, acceptedLater] = [REPHRASINGS, LATER_REPHRASINGS].map(
    (written) => written.filter(({ insight, text }) => verifyText(text, insight).length === 0).length,
  );
  const falseTexts = [...FALSE_TEXTS, ...MISSED_TEXTS];
  const refused = falseTexts.filter(({ insight, text }) => verifyText(text, insight).length > 0).length;
  console.log(
    `${texts} texts, ${simulated.insights.length * 2} of them of a simulated chain; unsupported: ${unsupported.length}`,
  );
  console.log(`false ones made of them: ${JSON.stringify(mutations)}; caught ${tried - missed.length} of ${tried}`);
  console.log(
    `faithful rephrasings accepted: ${accepted} of ${REPHRASINGS.length}, of those that came later: ${acceptedLater} of ${LATER_REPHRASINGS.length}; false texts refused: ${refused} of ${falseTexts.length}`,
  );
  console.log(
    `from the bytes of a block to its insights: ${simulated.medianMs.toFixed(1)} ms at the median of ${simulated.timed} blocks that have one, ${simulated.longestMs.toFixed(0)} ms at most`,
  );
  assert.equal(texts, TEXTS);
  return {
    texts,
    unsupported: unsupported.length,
    mutations: tried,
    caught: tried - missed.length,
    insightMs: Number(simulated.medianMs.toFixed(2)),
    rephrasings: REPHRASINGS.length,
    accepted,
    laterRephrasings: LATER_REPHRASINGS.length,
    acceptedLater,
    falseTexts: falseTexts.length,
    refused,
  };
}
