import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Series } from "#contract";
import { Chart } from "../charts/chart.tsx";
import type { ChartModel, ChartPoint, ChartSeries } from "../charts/chart-model.ts";
import { useNear } from "../charts/use-near.ts";
import { type SeriesRange, seriesOf } from "../server/chain-queries.ts";
import { withGaps } from "./with-gaps.ts";
import { wholeOnly } from "./whole-only.ts";
import { describeSeries } from "./describe-series.ts";

export type Line = Omit<ChartSeries, "points"> & {
  readonly metric: string;
  readonly agg?: Series["aggregate"];
  /** -1 where what leaves is drawn downwards. */
  readonly sign?: -1;
};

type Props = Omit<ChartModel, "series" | "unit"> & {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly range: SeriesRange;
  readonly height?: number;
  /** Where not the metric's own: each value times that many. */
  readonly as?: { readonly unit: string; readonly times: number };
};

const BEING_MADE = "Hours and days are made of the blocks once history is read; they come in by themselves.";

/** Metrics of one unit in one chart, with the definition of the first and what is known of them. */
export function SeriesChart({ title, lines, range, as, height, ...how }: Props) {
  const [frame, near] = useNear();
  const results = useQueries({
    queries: lines.map(({ metric, agg }) => ({ ...seriesOf(metric, range, agg), enabled: near })),
  });
  const found = results.map(({ data }) => data);
  const failure = results.find(({ isError }) => isError)?.error?.message;
  // Results are new objects at each drawing; what they hold changes with the data alone.
  const stamp = results.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // Their names and looks may be known later than their values.
  const looks = lines.map(({ name, hue, shape }) => `${name} ${hue} ${shape}`).join();
  const model = useMemo(
    () => modelOf(lines, found, { as, how }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- all of these follow from stamp, looks and range
    [stamp, looks, range.days, range.resolution],
  );
  const first = found[0];
  const metric = lines[0]?.metric ?? "";
  return (
    <Chart
      title={title}
      heading={
        <Link to="/series/$name" params={{ name: metric }}>
          {title}
        </Link>
      }
      {...(first === undefined ? {} : { definition: first.metric.meaning })}
      frame={frame}
      waiting={!near}
      model={model}
      failure={failure}
      onRetry={() => results.forEach((result) => void (result.isError && result.refetch()))}
      {...(height === undefined ? {} : { height })}
      note={first === undefined ? undefined : describeSeries(first)}
      empty={first === undefined || first.unmade === 0 ? undefined : BEING_MADE}
    />
  );
}

type How = {
  readonly as: Props["as"];
  readonly how: Omit<ChartModel, "series" | "unit">;
};

function modelOf(
  lines: readonly Line[],
  found: readonly (Series | undefined)[],
  { as, how }: How,
): ChartModel | undefined {
  const known = found.filter((series) => series !== undefined);
  const [first] = known;
  if (first === undefined || known.length < lines.length) return undefined;
  return {
    ...how,
    unit: as?.unit ?? first.metric.unit,
    series: lines.flatMap(({ metric: _metric, agg: _agg, sign = 1, ...line }, index) => {
      const series = known[index];
      if (series === undefined) return [];
      const factor = (as?.times ?? 1) * sign;
      const points = withGaps(series, wholeOnly(series));
      // A layer of nothing would only make the legend longer.
      if (line.shape === "stacked" && points.every(({ value }) => (value ?? 0) === 0)) return [];
      return [
        {
          ...line,
          points: factor === 1 ? points : points.map((point) => times(point, factor)),
        },
      ];
    }),
  };
}

function times(point: ChartPoint, factor: number): ChartPoint {
  // Nothing that leaves is nothing, not less than it.
  return point.value === null ? point : { ...point, value: point.value * factor || 0 };
}
