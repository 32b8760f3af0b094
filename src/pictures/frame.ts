import type { ChartPoint, Picture } from "#insights";
import type { PictureTitle } from "./picture-title.ts";
import { FONT, PALETTES } from "./style.ts";
import type { AxisUnit } from "./units.ts";

type Graphic = Readonly<Record<string, unknown>>;

const MARGIN = 16;

/** About what fits in a line of a headline at its size. */
const HEADLINE_CHARACTERS = 50;

/** The headline in one or two lines, and what is drawn in which unit. */
export function heading(
  { chart }: Picture,
  { headline, theme = "light" }: PictureTitle,
  unit: AxisUnit,
): readonly Graphic[] {
  const { text: ink, quiet } = PALETTES[theme];
  const lines = wrap(headline);
  const below = headingHeight(headline) - 32;
  return [
    text(lines.join("\n"), { top: 14, fontSize: 16, fontWeight: 600, lineHeight: 20, fill: ink }),
    text(shorten(`${chart.series.name}, ${unit.name}`, 66), { top: below, fontSize: 12.5, fill: quiet }),
  ];
}

/** Pixels from the top to where the chart may begin. */
export function headingHeight(headline: string): number {
  return wrap(headline).length > 1 ? 90 : 70;
}

/** Where the numbers are from and of when; on a simulated network that they are made up. */
export function footer({ points }: Picture, { network, simulated, theme = "light" }: PictureTitle): readonly Graphic[] {
  const { warnText, quiet } = PALETTES[theme];
  const [first, last] = [points[0], points.at(-1)];
  const source = simulated ? "SIMULATED, not Bitcoin;" : `Bitcoin ${network},`;
  const colour = simulated ? warnText : quiet;
  return [
    text(`${source} computed by utxoIQ`, { bottom: 25, fontSize: 11.5, fontWeight: 600, fill: colour }),
    text(first && last ? spanOf(first, last) : "no blocks", { bottom: 9, fontSize: 11.5, fill: quiet }),
  ];
}

function spanOf(first: ChartPoint, last: ChartPoint): string {
  const times = `${moment(first.time)} to ${moment(last.time)} UTC`;
  return `Blocks ${group(first.height)} to ${group(last.height)}, ${times}`;
}

type TextStyle = {
  readonly top?: number;
  readonly bottom?: number;
  readonly fontSize: number;
  readonly fontWeight?: number;
  readonly lineHeight?: number;
  readonly fill: string;
};

function text(words: string, { top, bottom, ...style }: TextStyle): Graphic {
  const down = top === undefined ? { bottom } : { top };
  return { type: "text", left: MARGIN, ...down, silent: true, style: { text: words, fontFamily: FONT, ...style } };
}

/** Two lines of about one length: a word alone in the second looks forgotten. */
function wrap(headline: string): readonly string[] {
  if (headline.length <= HEADLINE_CHARACTERS) return [headline];
  const half = Math.min(Math.ceil(headline.length / 2) + 6, HEADLINE_CHARACTERS);
  const cut = headline.lastIndexOf(" ", half);
  const at = cut > 0 ? cut : HEADLINE_CHARACTERS;
  return [headline.slice(0, at), shorten(headline.slice(at).trim(), HEADLINE_CHARACTERS)];
}

function shorten(words: string, length: number): string {
  return words.length <= length ? words : `${words.slice(0, length - 1).trimEnd()}…`;
}

function group(height: number): string {
  return height.toLocaleString("en-US");
}

function moment(time: number): string {
  return new Date(time * 1_000).toISOString().slice(0, 16).replace("T", " ");
}
