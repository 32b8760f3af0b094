import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { MempoolHistory } from "#contract";
import { Chart } from "../charts/chart.tsx";
import type { ChartModel } from "../charts/chart-model.ts";
import { mempoolHistory } from "../server/chain-queries.ts";

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
  const known = points.filter(({ weights }) => weights !== null);
  const used = bands.flatMap((from, index) => {
    const isUsed = known.some(({ weights }) => (weights?.[index] ?? 0) > 0);
    return isUsed ? [{ from, to: bands[index + 1], index }] : [];
  });
  return {
    unit: "weight units",
    series: used.map(({ from, to, index }, place) => ({
      name: to === undefined ? `${from} and more` : `${from} to ${to} sat/vB`,
      hue: "mempool",
      strength: used.length === 1 ? 1 : 0.25 + (0.75 * place) / (used.length - 1),
      shape: "stacked",
      points: points.map(({ time, weights }) => ({ time, height: null, value: weights?.[index] ?? null })),
    })),
  };
}
