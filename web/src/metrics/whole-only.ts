import type { Series } from "#contract";

const SECONDS = { block: 0, hour: 3_600, day: 86_400 } as const;

/** Without the hour or the day that is still under way: of it only a part has happened, which would look like a fall. */
export function wholeOnly({ points, resolution, to }: Pick<Series, "points" | "resolution" | "to">): Series["points"] {
  const last = points.at(-1);
  if (resolution === "block" || last === undefined || points.length < 2) return points;
  const ends = Date.parse(last.time) + SECONDS[resolution] * 1_000;
  return ends > Date.parse(to) ? points.slice(0, -1) : points;
}
