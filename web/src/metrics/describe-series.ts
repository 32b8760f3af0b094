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
export function describeSeries({ resolution, aggregate, available, unmade, points, metric }: Series): string {
  const how = aggregate === null ? "" : `, ${HOW[aggregate]}, the ${resolution} under way left out`;
  const thinned =
    available > points.length ? `; ${formatCount(points.length)} of ${formatCount(available)} points drawn` : "";
  const source = metric.source.replaceAll("`", "");
  return `${stepsOf({ resolution, unmade })}${how}${thinned} · ${source}`;
}

/** Hours and days are made of blocks after a first start, the newest first: what is missing then is no gap. */
function stepsOf({ resolution, unmade }: Pick<Series, "resolution" | "unmade">): string {
  if (unmade === 0) return STEPS[resolution];
  const step = resolution === "day" ? "day" : "hour";
  const what = unmade === 1 ? `1 ${step} is` : `${formatCount(unmade)} ${step}s are`;
  return resolution === "block"
    ? `block by block until ${what} made`
    : `not whole yet, ${what} still to be made; ${STEPS[resolution]}`;
}
