import type { EChartsCoreOption } from "echarts/core";
import type { ChartPoint, Picture } from "#insights";
import type { PictureTitle } from "./picture-title.ts";
import { footer, heading, headingHeight } from "./frame.ts";
import { FONT, type Palette, PALETTES } from "./style.ts";
import { placeTicks } from "./time-ticks.ts";
import { unitOf, writeUsual } from "./units.ts";

/** Rates go on from block to block and are a line; amounts are each block's own and are bars. */
const AS_LINE: ReadonlySet<string> = new Set(["sat/vB", "days"]);

/** What ECharts is to draw. Blocks stand side by side, each as wide as every other; the axis tells their times. */
export function chartOption(picture: Picture, title: PictureTitle): EChartsCoreOption {
  const { points } = picture;
  const ticks = placeTicks(points);
  const unit = unitOf(picture);
  const palette = PALETTES[title.theme ?? "light"];
  return {
    animation: false,
    backgroundColor: palette.ground,
    textStyle: { fontFamily: FONT, color: palette.text },
    graphic: [...heading(picture, title, unit), ...footer(picture, title)],
    grid: {
      left: 14,
      right: 16,
      top: headingHeight(title.headline),
      bottom: 46,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    xAxis: {
      type: "category",
      data: points.map(({ height }) => String(height)),
      axisLine: { lineStyle: { color: palette.quiet } },
      axisTick: { show: true, alignWithLabel: true, interval: (index: number) => ticks.has(index) },
      axisLabel: {
        interval: (index: number) => ticks.has(index),
        formatter: (_: string, index: number) => ticks.get(index) ?? "",
        color: palette.quiet,
        fontSize: 12,
        hideOverlap: true,
      },
    },
    yAxis: {
      type: "value",
      splitNumber: 4,
      axisLabel: { formatter: (value: number) => unit.write(value), color: palette.quiet, fontSize: 12 },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [{ ...seriesOf(picture, palette), data: dataOf(picture, palette), ...marksOf(picture, palette) }],
  };
}

function dataOf({ points, chart }: Picture, palette: Palette): readonly unknown[] {
  const hasBars = !AS_LINE.has(chart.series.unit);
  return points.map((point) =>
    hasBars && isOfEvent(chart, point) ? { value: point.value, itemStyle: { color: palette.event } } : point.value,
  );
}

function isOfEvent({ marks: { event } }: Picture["chart"], { height }: ChartPoint): boolean {
  return height >= event.fromHeight && height <= event.toHeight;
}

function seriesOf({ chart }: Picture, palette: Palette): Record<string, unknown> {
  if (!AS_LINE.has(chart.series.unit))
    return { type: "bar", barCategoryGap: "12%", itemStyle: { color: palette.series }, barMinHeight: 0 };
  return { type: "line", symbol: "none", lineStyle: { color: palette.rate, width: 2 }, connectNulls: false };
}

/** The blocks of the event as a band, and the usual level as a line with its number. */
function marksOf(picture: Picture, palette: Palette): Record<string, unknown> {
  const { points, chart } = picture;
  const inside = points.filter((point) => isOfEvent(chart, point));
  const [first, last] = [inside[0], inside.at(-1)];
  // Bars of the event have a colour of their own.
  const band =
    AS_LINE.has(chart.series.unit) && first && last
      ? [[{ xAxis: String(first.height) }, { xAxis: String(last.height) }]]
      : undefined;
  const { usual } = chart.marks;
  return {
    ...(band === undefined
      ? {}
      : {
          markArea: {
            silent: true,
            itemStyle: { color: palette.band, borderColor: palette.event, borderWidth: 1 },
            data: band,
          },
        }),
    ...(usual === null
      ? {}
      : {
          markLine: {
            silent: true,
            symbol: "none",
            lineStyle: { color: palette.text, type: "dashed", width: 1.2 },
            label: {
              formatter: writeUsual(picture),
              position: "insideStartTop",
              color: palette.text,
              fontSize: 12,
              fontWeight: 600,
              textBorderColor: palette.ground,
              textBorderWidth: 3,
            },
            data: [{ yAxis: usual }],
          },
        }),
  };
}
