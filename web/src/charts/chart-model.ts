/** What a chart shows, in words and numbers; how it is drawn is ECharts' business alone. */
export type ChartPoint = {
  /** ISO 8601. */
  readonly time: string;
  readonly height: number | null;
  readonly value: number;
};

export type ChartSeries = {
  readonly name: string;
  /** A token of tokens.css without its dashes. */
  readonly hue: string;
  /** How strongly, for series of one hue; 1 unless said. */
  readonly strength?: number;
  readonly points: readonly ChartPoint[];
  readonly shape: "line" | "bars" | "stacked";
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
