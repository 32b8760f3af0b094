import type { ChartPoint } from "#insights";

/** Every so many hours of UTC, so that about six labels stand on the axis. */
const STEPS_HOURS = [1, 2, 3, 6, 12, 24, 48, 168] as const;
const MOST_LABELS = 6;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** Labels by place in the row: the first block at or after each full step, told as an hour, and at midnight as a day. */
export function placeTicks(points: readonly ChartPoint[]): ReadonlyMap<number, string> {
  const [first, last] = [points[0], points.at(-1)];
  const ticks = new Map<number, string>();
  if (first === undefined || last === undefined) return ticks;
  const hours = Math.max(1, (last.time - first.time) / 3_600);
  const step = (STEPS_HOURS.find((each) => hours / each <= MOST_LABELS) ?? 168) * 3_600;
  let before = Math.floor(first.time / step);
  points.forEach(({ time }, index) => {
    const place = Math.floor(time / step);
    // Header times may go back; a step is told once.
    if (place > before) ticks.set(index, labelOf(place * step));
    before = Math.max(before, place);
  });
  return ticks;
}

function labelOf(time: number): string {
  const date = new Date(time * 1_000);
  if (date.getUTCHours() === 0) return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return `${String(date.getUTCHours()).padStart(2, "0")}:00`;
}
