import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Chart } from "../charts/chart.tsx";
import type { ChartModel } from "../charts/chart-model.ts";
import { CATEGORIES, type Category } from "../feed/category.ts";
import { insightCounts, signalCounts } from "../server/queries.ts";
import { useMay } from "../server/use-session.ts";
import { linesOf } from "./count-chart.ts";

/** More kinds than these are one. */
const KINDS = 8;

/** What was found over time: signals and insights by category, signals by kind, and how sure insights were. */
export function FindingsCharts({ days }: { readonly days: number }) {
  return useMay("monitor") === true ? <Charts days={days} /> : null;
}

function Charts({ days }: { readonly days: number }) {
  const insights = useQuery(insightCounts(days));
  const signals = useQuery(signalCounts(days));
  const counted = useMemo(
    () => insights.data && categoriesOf("insights", standing(insights.data.points)),
    [insights.data],
  );
  const sure = useMemo(() => insights.data && confidenceOf(insights.data.points), [insights.data]);
  const filed = useMemo(() => signals.data && categoriesOf("signals", signals.data.points), [signals.data]);
  const kinds = useMemo(() => signals.data && kindsOf(signals.data.points), [signals.data]);
  const note = days > 7 ? "by days of the chain" : "by hours of the chain";
  return (
    <>
      <Chart
        title="Insights by category"
        definition="Insights by the time of the block that they are about, as they stand now; retracted ones are left out."
        model={counted}
        failure={insights.error?.message}
        onRetry={() => void insights.refetch()}
        note={note}
      />
      <Chart
        title="Confidence of insights"
        definition="Mean of the confidence of the insights of a category that state one; what only describes a block states none."
        model={sure}
        failure={insights.error?.message}
        onRetry={() => void insights.refetch()}
        note={`${note}; lines join those that have any`}
      />
      <Chart
        title="Signals by category"
        definition="What stood out in blocks, by what an insight about it is filed under, whether one was made of it or not."
        model={filed}
        failure={signals.error?.message}
        onRetry={() => void signals.refetch()}
        note={note}
      />
      <Chart
        title="Signals by kind"
        definition="What stood out in blocks, by kind, in the hue of its category."
        model={kinds}
        failure={signals.error?.message}
        onRetry={() => void signals.refetch()}
        note={note}
      />
    </>
  );
}

type InsightPoint = {
  readonly time: string;
  readonly category: string;
  readonly status: string;
  readonly count: number;
  readonly confidence: number | null;
};

const isCategory = (name: string): name is Category => name in CATEGORIES;
const lookOf = (category: string) =>
  isCategory(category) ? { name: CATEGORIES[category].word, hue: category } : { name: category, hue: "network" };

type Counted = { readonly time: string; readonly category: string; readonly count: number };

function categoriesOf(unit: string, points: readonly Counted[]): ChartModel {
  const told = points.map(({ time, category, count }) => ({ time, name: category, value: count }));
  return {
    unit,
    series: linesOf(told).map(({ name, points: line }) => ({ ...lookOf(name), shape: "columns", points: line })),
  };
}

const standing = (points: readonly InsightPoint[]): readonly InsightPoint[] =>
  points.filter(({ status }) => status !== "retracted");

/** The mean over statuses, each as heavy as its insights are many; nothing where none of a time states any. */
function confidenceOf(points: readonly InsightPoint[]): ChartModel {
  const sure = standing(points).filter(({ confidence }) => confidence !== null);
  const byCategory = Map.groupBy(sure, ({ category }) => category);
  return {
    unit: "share",
    series: [...byCategory].map(([category, own]) => ({
      ...lookOf(category),
      shape: "line",
      points: [...Map.groupBy(own, ({ time }) => time)]
        .toSorted(([left], [right]) => left.localeCompare(right))
        .map(([time, all]) => {
          const weight = all.reduce((sum, { count }) => sum + count, 0);
          const value = all.reduce((sum, { count, confidence }) => sum + count * (confidence ?? 0), 0) / weight;
          return { time, height: null, value };
        }),
    })),
  };
}

type SignalPoint = {
  readonly time: string;
  readonly kind: string;
  readonly category: string;
  readonly count: number;
};

/** Kinds of one category have its hue, the commonest of them the strongest. */
const STRENGTHS = [1, 0.7, 0.45, 0.3] as const;

function kindsOf(points: readonly SignalPoint[]): ChartModel {
  const told = points.map(({ time, kind, count }) => ({ time, name: kind, value: count }));
  const categories = new Map(points.map(({ kind, category }) => [kind, category]));
  const seen = new Map<string, number>();
  return {
    unit: "signals",
    series: linesOf(told, KINDS).map(({ name, points: line }) => {
      const hue = categories.get(name) ?? "muted";
      const place = seen.get(hue) ?? 0;
      seen.set(hue, place + 1);
      return {
        name: name.replaceAll("-", " "),
        hue,
        strength: STRENGTHS[place] ?? STRENGTHS[3],
        shape: "columns",
        points: line,
      };
    }),
  };
}
