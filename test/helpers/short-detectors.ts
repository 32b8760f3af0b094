import type { Detector, Signal } from "#signals";

const COMPARED = 120;
const QUIET = 12;

/** Of a block with a fee rate far above the middle of the blocks before; looks back on little, as a test's chain has. */
const shortFeeSpike: Detector = {
  kind: "fee-spike",
  lookBack: COMPARED + QUIET,
  followedBy: 0,
  detect({ features: { height, blockhash, feerate_percentiles_exact: rates } }, book) {
    const rate = rates?.[2] ?? 0;
    const series = book.memory("fee-spike").series("rate", COMPARED);
    const sorted = series.sorted();
    const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const standsOut = series.length === COMPARED && rate > 3 * middle;
    series.push(rate);
    const isNew = book.memory("fee-spike").tellOnce(QUIET, standsOut);
    if (!standsOut) return [];
    return [
      {
        ...nothing(height, blockhash),
        kind: "fee-spike",
        surprise: { percentile: 100, sampleSize: COMPARED },
        metrics: [
          { name: "Median fee rate by weight", unit: "sat/vB", value: rate, baseline: middle, level: 3 * middle },
        ],
        ...(isNew ? {} : { goesOn: true }),
      },
    ];
  },
};

/** Of every transfer of 1,000 BTC. */
const everyLargeTransfer: Detector = {
  kind: "large-transfer",
  lookBack: 0,
  detect: ({ features: { height, blockhash }, transfers }) =>
    transfers
      .filter(({ value }) => value >= 100_000_000_000)
      .map((transfer) => ({
        ...nothing(height, blockhash),
        kind: "large-transfer",
        metrics: [{ name: "Value", unit: "sats", value: transfer.value, baseline: null, level: 100_000_000_000 }],
        transfers: [transfer],
      })),
};

export const SHORT_DETECTORS: readonly Detector[] = [shortFeeSpike, everyLargeTransfer];

function nothing(height: number, blockhash: Signal["blockhash"]): Omit<Signal, "kind" | "metrics"> {
  return { height, blockhash, startHeight: height, subject: null, direction: "above", surprise: null, transfers: [] };
}
