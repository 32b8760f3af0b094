import type { FeeLevelSignal } from "#signals";
import type { Statement } from "./statement.ts";
import type { Slots } from "./insight.ts";

/** "Fees rose to 42 sat/vB, 6.1 times the level of the last day". */
export function stateFeeLevel(signal: FeeLevelSignal): Statement {
  const above = signal.direction === "above";
  const ratio = above ? signal.feeRate / signal.baseline : signal.baseline / signal.feeRate;
  const slots: Slots = {
    rate: { unit: "sat/vB", value: signal.feeRate },
    baseline: { unit: "sat/vB", value: signal.baseline },
    height: { unit: "height", value: signal.height },
    ...(Number.isFinite(ratio) ? { ratio: { unit: "ratio", value: ratio } } : {}),
    percentile: { unit: "percent", value: signal.surprise.percentile },
    score: { unit: "ratio", value: Math.abs(signal.zScore) },
    threshold: { unit: "ratio", value: signal.threshold },
    sample: { unit: "count", value: signal.surprise.sampleSize },
  };
  const times = Number.isFinite(ratio)
    ? above
      ? ", {ratio} times the recent level"
      : ", the recent level is {ratio} times as high"
    : "";
  const side = above ? "higher" : "lower";
  return {
    category: "mempool",
    anchor: `height ${signal.height} ${signal.direction}`,
    slots,
    headline: above ? `Fees rose to {rate}${times}` : `Fees fell to {rate}${times}`,
    summary:
      `Half of the weight of block {height} paid {rate} or more; over the {sample} blocks before it the median was {baseline}.` +
      ` That is ${side} than in {percentile} of them.` +
      (above
        ? " Transactions that pay the earlier level may wait longer than they did."
        : " Transactions that pay the earlier level pay more than this block asked for."),
    rule: "The robust z-score of the logarithm against the {sample} blocks before is {score}; {threshold} or more stands out.",
    transactions: [],
    metrics: [
      {
        name: "Median fee rate by weight",
        unit: "sat/vB",
        value: signal.feeRate,
        baseline: signal.baseline,
        percentile: signal.surprise.percentile,
        sampleSize: signal.surprise.sampleSize,
      },
    ],
  };
}
