import type { InsightExplanation } from "#contract";
import type { search, StoredInsight } from "#store";

const TENTHS = 10;

/** The tenth that a confidence lies in, in which claims are about as sure. */
export function tenthAround(confidence: number): { readonly from: number; readonly to: number } {
  const tenth = Math.min(TENTHS - 1, Math.floor(confidence * TENTHS));
  return { from: tenth / TENTHS, to: (tenth + 1) / TENTHS };
}

/** The three numbers of an insight, each with what lies behind it. @param alike `undefined` where no confidence is stated */
export function presentExplanation(row: StoredInsight, alike: search.DecidedAlike | undefined): InsightExplanation {
  const { surprise, confidence, evidence } = row;
  // Insights of earlier versions lack parts of these.
  const { madeBy, claim, attribution } = evidence;
  return {
    surprise: {
      percentile: surprise?.percentile ?? null,
      sampleSize: surprise?.sampleSize ?? null,
      rule: evidence.rule,
      factors: evidence.metrics.map(({ name, unit, value, baseline }) => ({ name, unit, value, baseline })),
    },
    attribution: {
      certainty: attribution?.certainty ?? null,
      parties: (attribution?.parties ?? []).map((party) => ({ ...party })),
      labelVersion: madeBy?.labelVersion ?? null,
      labelCoverage: madeBy?.labelCoverage ?? null,
    },
    confidence: {
      probability: confidence,
      calibration: claim?.learntFrom ?? null,
      outcomes: claim?.outcomes ?? null,
      score: claim?.score ?? null,
      alike: claim?.alike ?? null,
      soFar: confidence === null || alike === undefined ? null : { ...tenthAround(confidence), ...alike },
    },
  };
}
