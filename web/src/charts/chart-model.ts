import type { Span } from "./span.ts";

/** What a chart shows, in words and numbers; how it is drawn is ECharts' business alone. */
export type ChartPoint = {
  /** ISO 8601. */
  readonly time: string;
  readonly height: number | null;
  /** `null` where nothing is known, as at both ends of a time that nobody watched. */
  readonly value: number | null;
};

export type ChartSeries = {
  readonly name: string;
  /** A token of tokens.css without its dashes. */
  readonly hue: string;
  /** How strongly, for series of one hue; 1 unless said. */
  readonly strength?: number;
  readonly points: readonly ChartPoint[];
  /** Columns are bars that stand on each other: what is counted, and is nothing in between. */
  readonly shape: "line" | "bars" | "stacked" | "columns";
};

export type ChartModel = {
  readonly unit: string;
  readonly series: readonly ChartSeries[];
  /** The space between two of the series, filled lightly. */
  readonly band?: { readonly low: string; readonly high: string };
  /** A level that means something. */
  readonly level?: { readonly name: string; readonly value: number };
  readonly logarithmic?: boolean;
};

/** What of it lies in a time; all of it where none is given. */
export function modelWithin(model: ChartModel, span: Span | undefined): ChartModel {
  if (span === undefined) return model;
  const isWithin = ({ time }: ChartPoint): boolean => Date.parse(time) >= span.from && Date.parse(time) <= span.to;
  return { ...model, series: model.series.map((one) => ({ ...one, points: one.points.filter(isWithin) })) };
}

/** When a chart begins and ends; a bar reaches half a step beyond its time. `undefined` where nothing is known. */
export function spanOf({ series }: ChartModel): Span | undefined {
  const spans = series.flatMap(({ points, shape }) => {
    const known = points.filter(({ value }) => value !== null);
    const [first, last] = [known[0], known.at(-1)];
    if (first === undefined || last === undefined) return [];
    const [from, to] = [Date.parse(first.time), Date.parse(last.time)];
    const beyond =
      (shape === "bars" || shape === "columns") && known.length > 1 ? (to - from) / (known.length - 1) / 2 : 0;
    return [{ from: from - beyond, to: to + beyond }];
  });
  if (spans.length === 0) return undefined;
  return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
}
