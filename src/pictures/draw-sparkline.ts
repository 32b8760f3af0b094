import type { Picture } from "#insights";
import { PALETTES, type Theme } from "./style.ts";

/** Pixels of CSS. */
const SPARKLINE_SIZE = { width: 120, height: 32 } as const;

/** So far from the edge no line is cut off. */
const EDGE = 2;
/** More than a pixel each could not be seen. */
const MOST_POINTS = 120;
const LEAST_EVENT_WIDTH = 3;

type Known = { readonly height: number; readonly value: number };

/** The row of numbers alone, as an SVG document of {@link SPARKLINE_SIZE}: the event shaded, the usual level dashed. */
export function drawSparkline({ chart, points }: Picture, theme: Theme = "light"): string {
  const { series, event, quiet } = PALETTES[theme];
  const { width, height } = SPARKLINE_SIZE;
  const { fromHeight, toHeight } = chart.window;
  const { usual } = chart.marks;
  const known = thinOut(
    points.flatMap(({ height: at, value }) => (value === null ? [] : [{ height: at, value }])),
    usual,
  );
  const levels = [...known.map(({ value }) => value), ...(usual === null ? [] : [usual])];
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const x = (at: number): number =>
    EDGE + ((at - fromHeight) / Math.max(1, toHeight - fromHeight)) * (width - 2 * EDGE);
  const y = (value: number): number => height - EDGE - ((value - low) / (high - low || 1)) * (height - 2 * EDGE);
  const left = x(chart.marks.event.fromHeight);
  const right = Math.max(x(chart.marks.event.toHeight), left + LEAST_EVENT_WIDTH);
  const line = known.map((point) => `${round(x(point.height))},${round(y(point.value))}`).join(" ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect x="${round(left)}" y="0" width="${round(right - left)}" height="${height}" fill="${event}" fill-opacity="0.3"/>`,
    usual === null
      ? ""
      : `<path d="M0 ${round(y(usual))}H${width}" stroke="${quiet}" stroke-opacity="0.5" stroke-dasharray="2 3"/>`,
    `<polyline points="${line}" fill="none" stroke="${series}" stroke-width="1.5" stroke-linejoin="round"/>`,
    "</svg>",
  ].join("");
}

/** Of blocks that fall together the one that is furthest from the usual: what stands out is what is looked for. */
function thinOut(points: readonly Known[], usual: number | null): readonly Known[] {
  const size = Math.ceil(points.length / MOST_POINTS);
  if (size <= 1) return points;
  const level = usual ?? points[0]?.value ?? 0;
  const distance = ({ value }: Known): number => Math.abs(value - level);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, at) =>
    points
      .slice(at * size, (at + 1) * size)
      .reduce((furthest, point) => (distance(point) > distance(furthest) ? point : furthest)),
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
