import type { Series } from "#contract";
import { formatCount } from "../format/numbers.ts";

const STEPS = { block: "block by block", hour: "by hours", day: "by days" } as const;
const HOW: Readonly<Record<NonNullable<Series["aggregate"]>, string>> = {
  mean: "mean of their blocks",
  sum: "sum of their blocks",
  min: "lowest of their blocks",
  max: "highest of their blocks",
  median: "median of their blocks",
};

/** In what steps a series is shown and whose definition it has: the line under a chart. */
export function describeSeries({
  resolution,
  aggregate,
  available,
  unmade: unmadeCount,
  points,
  metric,
}: Series): string {
  const how = aggregate === null ? "" : `, ${HOW[aggregate]}, the ${resolution} under way left out`;
  const thinned =
    available > points.length ? `; ${formatCount(points.length)} of ${formatCount(available)} points drawn` : "";
  const source = metric.source.replaceAll("`", "");
  const unmade = unmadeWords(unmadeCount, resolution);
  return `${unmade}${STEPS[resolution]}${how}${thinned} · ${source}`;
}

/** Hours and days are made after a first start, the newest first: what is missing then is no gap. */
function unmadeWords(count: number, resolution: Series["resolution"]): string {
  if (count === 0) return "";
  const what = count === 1 ? `1 ${resolution}` : `${formatCount(count)} ${resolution}s`;
  return `not whole yet, ${what} still to be made; `;
}
