import type { Series } from "#contract";
import type { ChartPoint } from "../charts/chart-model.ts";

const STEP_MS = { block: 1_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Nobody found a block in an hour or a few: that happens, and nothing was missed. */
const MOST_APART_MS = { hour: 6 * STEP_MS.hour, day: STEP_MS.day } as const;

type Told = Pick<Series, "resolution" | "available" | "points">;

/**
 * Where values are missing between two, `null` just after the one and just before the other: what nobody counted is not
 * drawn as if it lay between them. In the order of their times. A series that was thinned out has neighbours far apart that miss nothing.
 */
export function withGaps(
  { resolution, available, points: all }: Told,
  points: Series["points"],
): readonly ChartPoint[] {
  if (available > all.length) return inOrderOfTime(points);
  const step = STEP_MS[resolution];
  const drawn = points.flatMap((point, index): ChartPoint[] => {
    const before = points[index - 1];
    if (before === undefined || !isGap(before, point, resolution)) return [point];
    const [from, to] = [Date.parse(before.time) + step, Date.parse(point.time) - step];
    const ends = from < to ? [from, to] : [Math.min(from, Date.parse(point.time) - 1)];
    return [...ends.map((time) => ({ time: new Date(time).toISOString(), height: null, value: null })), point];
  });
  return inOrderOfTime(drawn);
}

/** A miner's clock may be behind the block before: a line that went back would cross itself. */
function inOrderOfTime(points: readonly ChartPoint[]): readonly ChartPoint[] {
  // Written alike, to the millisecond in UTC.
  return points.toSorted((left, right) => (left.time < right.time ? -1 : Number(left.time > right.time)));
}

type Point = Series["points"][number];

function isGap(before: Point, point: Point, resolution: Series["resolution"]): boolean {
  if (resolution !== "block") return Date.parse(point.time) - Date.parse(before.time) > MOST_APART_MS[resolution];
  return before.height !== null && point.height !== null && point.height > before.height + 1;
}
