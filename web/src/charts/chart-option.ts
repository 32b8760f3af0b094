import type { EChartsCoreOption } from "echarts/core";
import { writeTime } from "../format/intl.ts";
import { formatMinute, formatTimeOfDay } from "../format/times.ts";
import { type ChartModel, type ChartSeries, spanOf } from "./chart-model.ts";
import { formatTick, formatValue } from "./format-value.ts";
import type { Colours } from "./read-colours.ts";
import type { Span } from "./span.ts";

const FONT = '"Inter Variable", system-ui, sans-serif';

/** Series are at 2 where nothing is said. */
const BEHIND = 1;

/** From so many on a line is drawn thinner: neighbours would run together. */
const MANY_POINTS = 400;

/** From where to where the axis goes, and what of it is looked at. */
export type TimeWindow = { readonly bounds: Span | undefined; readonly zoom: Span | undefined };

/** That alone, for a chart that is drawn already. */
export function windowOption(window: TimeWindow) {
  const { bounds, zoom = bounds } = window;
  if (bounds === undefined || zoom === undefined) return { xAxis: {}, dataZoom: [{}] };
  return {
    xAxis: { min: bounds.from, max: bounds.to },
    dataZoom: [{ startValue: zoom.from, endValue: zoom.to }],
  };
}

/** A time on the axis by its largest part: a year and a month begin something, and are bold. */
function timeOnAxis(time: number): string {
  const at = new Date(time);
  if (at.getUTCHours() + at.getUTCMinutes() > 0) return formatTimeOfDay(time);
  if (at.getUTCDate() > 1) return writeTime(time, { day: "numeric", month: "short" });
  return `{primary|${writeTime(time, at.getUTCMonth() > 0 ? { month: "short" } : { year: "numeric" })}}`;
}

/** Where a finger is all there is, it moves what is shown; a pointer that is drawn across chooses it. */
const moveOnMouseMove = globalThis.matchMedia?.("(pointer: coarse)").matches || "shift";

/** What ECharts is to draw. Never animated: what is appended comes in without a flicker. */
export function chartOption(model: ChartModel, colours: Colours, window?: TimeWindow): EChartsCoreOption {
  const { xAxis, dataZoom } = windowOption(window ?? { bounds: spanOf(model), zoom: undefined });
  return {
    animation: false,
    // As crosshair, table and files say it, and as days are counted.
    useUTC: true,
    textStyle: { fontFamily: FONT, color: colours("text") },
    grid: { left: 8, right: 12, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "time",
      axisLine: { lineStyle: { color: colours("muted", 0.4) } },
      axisTick: { show: false },
      axisLabel: { color: colours("muted"), fontSize: 12, hideOverlap: true, formatter: timeOnAxis },
      splitLine: { show: false },
      ...xAxis,
    },
    yAxis: {
      type: model.logarithmic === true ? "log" : "value",
      splitNumber: 4,
      axisLabel: {
        color: colours("muted"),
        fontSize: 12,
        formatter: (value: number) => formatTick(model.unit, value),
      },
      splitLine: { lineStyle: { color: colours("muted", 0.14) } },
    },
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    tooltip: tooltipOf(model, colours),
    dataZoom: [
      // What is looked at has the whole height: the other points do not count for the axis.
      {
        type: "inside",
        zoomOnMouseWheel: "ctrl",
        moveOnMouseWheel: false,
        moveOnMouseMove,
        // A finger that goes up or down scrolls the page.
        preventDefaultMouseMove: false,
        filterMode: "filter",
        ...dataZoom[0],
      },
    ],
    // The band comes last: charts that share a crosshair tell each other the index of a series, which all of them have.
    series: [...model.series.map((one) => seriesOf(one, model, colours)), ...bandOf(model, colours)],
  };
}

function dataOf({ points }: ChartSeries): (readonly [number, number | null])[] {
  return points.map(({ time, value }) => [Date.parse(time), value]);
}

function seriesOf(series: ChartSeries, model: ChartModel, colours: Colours): Record<string, unknown> {
  const { name, hue, shape, strength = 1, points } = series;
  const colour = colours(hue, strength);
  const level = model.series[0] === series && model.level !== undefined ? markOf(model.level, colours) : {};
  const basics = { name, data: dataOf(series), color: colour, ...level };
  if (shape === "bars")
    return { ...basics, type: "bar", barMaxWidth: 24, barMinWidth: 2, barGap: "-100%", large: true };
  if (shape === "columns") return { ...basics, type: "bar", barMaxWidth: 24, barMinWidth: 2, stack: "all" };
  const line = {
    ...basics,
    type: "line",
    symbol: "none",
    lineStyle: { width: points.length > MANY_POINTS ? 1.1 : 1.75, color: colour },
  };
  if (shape === "line") return line;
  // The line covers the slit that is left between two areas.
  return { ...line, stack: "all", lineStyle: { width: 0.75, color: colour }, areaStyle: { color: colour, opacity: 1 } };
}

function markOf({ name, value }: NonNullable<ChartModel["level"]>, colours: Colours): Record<string, unknown> {
  return {
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { color: colours("muted"), type: "dashed", width: 1 },
      label: { formatter: name, position: "insideEndTop", color: colours("muted"), fontSize: 12 },
      data: [{ yAxis: value }],
    },
  };
}

/** Two invisible lines, the upper one as high above the lower one as the band is wide. */
function bandOf({ band, series }: ChartModel, colours: Colours): Record<string, unknown>[] {
  const low = series.find(({ name }) => name === band?.low);
  const high = series.find(({ name }) => name === band?.high);
  if (low === undefined || high === undefined) return [];
  const lowAt = new Map(low.points.map(({ time, value }) => [time, value]));
  const widths = high.points.flatMap(({ time, value }) => {
    const from = lowAt.get(time);
    if (from === undefined) return [];
    return [[Date.parse(time), value === null || from === null ? null : value - from]];
  });
  const hidden = {
    type: "line",
    symbol: "none",
    lineStyle: { width: 0 },
    stack: "band",
    z: BEHIND,
    silent: true,
    tooltip: { show: false },
  };
  return [
    { ...hidden, data: dataOf(low) },
    { ...hidden, data: widths, areaStyle: { color: colours(high.hue, 0.15) } },
  ];
}

type Hovered = {
  readonly seriesName?: string;
  readonly value: readonly [number, number | null];
  readonly color: string;
};

function tooltipOf({ unit, series }: ChartModel, colours: Colours): Record<string, unknown> {
  const names = new Set(series.map(({ name }) => name));
  return {
    trigger: "axis",
    axisPointer: { type: "line", lineStyle: { color: colours("muted"), width: 1 } },
    confine: true,
    backgroundColor: colours("raised"),
    borderColor: colours("border"),
    padding: [8, 12],
    textStyle: { color: colours("text"), fontSize: 12, fontFamily: FONT },
    formatter: (hovered: readonly Hovered[]) => {
      const shown = hovered.filter(({ seriesName = "" }) => names.has(seriesName));
      const [first] = shown;
      if (first === undefined) return "";
      const time = `${formatMinute(first.value[0])} UTC`;
      const lines = shown.map(({ seriesName = "", value, color }) =>
        tooltipLine(seriesName, value[1] === null ? "not known" : formatValue(unit, value[1]), color),
      );
      return `<div style="margin-bottom:4px">${time}</div>${lines.join("")}`;
    },
  };
}

/** Names are ours or a label's, and a label is anybody's. */
function tooltipLine(name: string, value: string, colour: string): string {
  const mark = `<span style="display:inline-block;width:8px;height:8px;border-radius:2px;margin-right:6px;background:${colour}"></span>`;
  return `<div style="display:flex;justify-content:space-between;gap:16px;line-height:18px"><span>${mark}${escape(name)}</span><b style="font-weight:600">${escape(value)}</b></div>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
