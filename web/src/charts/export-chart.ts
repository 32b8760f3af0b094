import type { ChartModel } from "./chart-model.ts";
import { chartOption, type TimeWindow } from "./chart-option.ts";
import { unitOfAxis } from "./format-value.ts";
import { readColours } from "./read-colours.ts";

export type ChartCredits = {
  readonly title: string;
  readonly scheme: "light" | "dark";
  /** Where the numbers are from: network, source, coverage; says so where all is simulated. */
  readonly source: string;
  /** What of it is looked at, where that is not all. */
  readonly window?: TimeWindow;
};

const SIZE = { width: 1_200, height: 630 } as const;

/** Every point of every series, beside each other by time, after lines that say what it is. */
export function chartAsCsv(model: ChartModel, { title, source }: ChartCredits, now: string): string {
  const times = [...new Set(model.series.flatMap(({ points }) => points.map(({ time }) => time)))].toSorted();
  const columns = model.series.map(({ points }) => new Map(points.map(({ time, value }) => [time, value])));
  const heights = new Map(model.series.flatMap(({ points }) => points.map(({ time, height }) => [time, height])));
  const head = ["time", "height", ...model.series.map(({ name }) => `${name} (${model.unit})`)];
  const rows = times.map((time) => [time, heights.get(time) ?? "", ...columns.map((column) => column.get(time) ?? "")]);
  const comments = [title, source, `utxoIQ, ${now}`].map((line) => `# ${line.replaceAll(/\s+/g, " ")}`);
  return `${[...comments, ...[head, ...rows].map((row) => row.map(cell).join(","))].join("\n")}\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export type PictureType = "png" | "svg";

/** The chart as a picture, twice as fine as a screen shows it or of lines, with title, source and time in it. */
export async function chartAsPicture(
  model: ChartModel,
  { title, source, scheme, window }: ChartCredits,
  { type, now }: { readonly type: PictureType; readonly now: string },
): Promise<string> {
  const { init } = await import("./chart-set-up.ts");
  const colours = readColours(document.body, scheme);
  const place = document.createElement("div");
  const chart = init(place, undefined, { renderer: type === "svg" ? "svg" : "canvas", ...SIZE });
  const small = { color: colours("muted"), fontSize: 16, fontWeight: "normal" };
  const unit = unitOfAxis(model.unit);
  const legend = model.series.length > 1 ? model.series.map(({ name }, at) => `{${at}|■} ${name}`).join("   ") : "";
  const swatches = Object.fromEntries(
    model.series.map(({ hue, strength }, at) => [at, { color: colours(hue, strength), fontSize: 16 }]),
  );
  chart.setOption({
    ...chartOption(model, colours, window),
    grid: { left: 40, right: 48, top: 120, bottom: 72, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    title: [
      {
        text: title,
        subtext: [unit, legend].filter(Boolean).join("   "),
        left: 32,
        top: 24,
        textStyle: { color: colours("text"), fontSize: 28, fontWeight: 600 },
        subtextStyle: { ...small, rich: swatches },
      },
      { text: `${creditOf(source)} · ${now}`, left: 32, bottom: 20, textStyle: small },
    ],
    backgroundColor: colours("surface"),
  });
  const url = chart.getDataURL({ type, pixelRatio: 2, backgroundColor: colours("surface") });
  chart.dispose();
  return url;
}

/** Once: some numbers are defined by us. */
function creditOf(source: string): string {
  return source.endsWith("utxoIQ") ? source : `${source} · utxoIQ`;
}

/** Gives the browser a file to keep. */
export function download(name: string, url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
