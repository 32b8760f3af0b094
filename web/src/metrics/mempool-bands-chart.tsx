import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { MempoolHistory } from "#contract";
import { Chart } from "../charts/chart.tsx";
import type { ChartModel } from "../charts/chart-model.ts";
import { mempoolHistory } from "../server/chain-queries.ts";

/** What pays more is in the last of them. */
const MOST_BANDS = 8;

type Props = { readonly days: number; readonly height?: number };

/** What waits, by the fee rate that it pays: the dearest on top. */
export function MempoolBandsChart({ days, height }: Props) {
  const { data, error, refetch } = useQuery(mempoolHistory(Math.min(days, 366)));
  const model = useMemo(() => data && modelOf(data), [data]);
  return (
    <Chart
      title="Mempool by fee rate"
      definition="Weight of the transactions that wait to be mined, by their package fee rate in sat/vB, as it was seen."
      model={model}
      failure={error?.message}
      onRetry={() => void refetch()}
      note="as seen by the node; what was not watched is not known"
      {...(height === undefined ? {} : { height })}
    />
  );
}

function modelOf({ bands, points }: MempoolHistory): ChartModel {
  // Always the same, so that nothing shifts when a dear transaction comes in.
  const shown = bands.slice(0, MOST_BANDS);
  return {
    unit: "weight units",
    series: shown.map((from, index) => ({
      name: index === shown.length - 1 ? `from ${from} sat/vB` : `${from} to ${bands[index + 1]} sat/vB`,
      hue: "mempool",
      strength: shown.length === 1 ? 1 : 0.25 + (0.75 * index) / (shown.length - 1),
      shape: "stacked",
      points: points.map(({ time, weights }) => ({
        time,
        height: null,
        value: weights === null ? null : weightIn(weights, index, shown.length),
      })),
    })),
  };
}

function weightIn(weights: readonly number[], index: number, bands: number): number {
  if (index < bands - 1) return weights[index] ?? 0;
  return weights.slice(index).reduce((sum, weight) => sum + weight, 0);
}
