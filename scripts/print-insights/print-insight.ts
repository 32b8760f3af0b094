import { HEADLINE_LENGTH, type Insight, verifyText, writeSlot } from "#insights";

/** One insight in full, and what is wrong with it. */
export function printInsight(insight: Insight): string {
  const { kind, category, headline, summary, height, surprise, confidence, evidence } = insight;
  const faults = verifyText(`${headline}. ${summary}`, insight).map(({ quote, problem }) => `"${quote}" ${problem}`);
  if (headline.length > HEADLINE_LENGTH) faults.push(`the headline has ${headline.length} characters`);
  return [
    `### ${headline}`,
    summary,
    ...(evidence.claim === null ? [] : [`Claim: ${evidence.claim.text} ${tellConfidence(confidence)}`]),
    `(${category}, ${kind}, block ${height}; ${surprise === null ? "not ranked" : `rank ${surprise.percentile.toFixed(1)} % of ${surprise.sampleSize}`})`,
    `Rule: ${evidence.rule}`,
    `Evidence: ${tellEvidence(evidence)}`,
    ...faults.map((fault) => `FAULT: ${fault}`),
  ].join("\n");
}

function tellEvidence({ blocks, transactions, metrics }: Insight["evidence"]): string {
  const measured = metrics.map(({ name, unit, value, baseline }) => {
    const usual = baseline === null ? "" : `, usually ${writeSlot({ unit, value: baseline })}`;
    return `${name}: ${writeSlot({ unit, value })}${usual}`;
  });
  const cited = transactions.length === 1 ? "1 transaction" : `${transactions.length} transactions`;
  return [`blocks ${blocks.map(({ height }) => height).join(" and ")}`, cited, ...measured].join("; ");
}

function tellConfidence(confidence: number | null): string {
  return confidence === null ? "No confidence yet." : `Confidence ${Math.round(100 * confidence)} %.`;
}
