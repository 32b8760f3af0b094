import type { Metric, Series } from "#contract";
import { AppError } from "#lib";
import { type Database, explore } from "#store";
import { downSample } from "./down-sample.ts";
import { isoTime } from "./present.ts";
import type { Span } from "./span.ts";

type StoredMetric = NonNullable<ReturnType<typeof explore.findMetric>>;

type Asked = {
  readonly span: Span;
  readonly resolution: "auto" | Series["resolution"];
  readonly agg?: Series["aggregate"] | undefined;
  readonly points: number;
  /** Of the labels that tell of it; absent: by the newest. */
  readonly labelVersion?: number | undefined;
};

/** Read before they are thinned out: more than a year of blocks takes long and shows no more than hours do. */
const MOST_READ = 60_000;

/** Of so many days each block is a point, so that series of one chart stand over the same times. */
const MOST_DAYS_EARLY = 31;

const DAY_SECONDS = 86_400;
const SECONDS = { hour: 3_600, day: DAY_SECONDS } as const;

export async function readSeries(db: Database, metric: StoredMetric, asked: Asked): Promise<Series> {
  const { span, points: most, labelVersion } = asked;
  const fitting = asked.resolution === "auto" ? resolutionFor(span) : asked.resolution;
  // Counted first: what is made in between is in the points, and counted once too often rather than missing unsaid.
  const unmade = fitting === "block" ? 0 : await countUnmade(db, span, fitting);
  // Blocks are there before their hours.
  const isEarly =
    asked.resolution === "auto" && asked.agg === undefined && unmade > 0 && daysOf(span) <= MOST_DAYS_EARLY;
  const resolution = isEarly ? "block" : fitting;
  if (resolution === "block" && asked.agg !== undefined)
    throw new AppError("API_BAD_REQUEST", "agg is of hours and days; block by block there is one value");
  const aggregate = resolution === "block" ? null : (asked.agg ?? metric.usual);
  const found = await readPoints(db, metric, { span, resolution, aggregate, labelVersion });
  if (found.length > MOST_READ)
    throw new AppError("API_BAD_REQUEST", `more than ${MOST_READ} points: ask for hours or days, or for less of it`);
  return {
    metric: presentMetric(metric),
    from: isoTime(span.from),
    to: isoTime(span.to),
    resolution,
    aggregate,
    labelVersion: labelVersion ?? null,
    available: found.length,
    unmade,
    points: downSample(found, most).map(({ time, height, value }) => ({ time: isoTime(time), height, value })),
  };
}

function daysOf({ from, to }: Span): number {
  return (to - from) / DAY_SECONDS;
}

/** Some hundreds of points: a screen shows no more. */
function resolutionFor(span: Span): Series["resolution"] {
  const days = daysOf(span);
  if (days <= 8) return "block";
  return days <= 100 ? "hour" : "day";
}

type Reading = Pick<Series, "resolution" | "aggregate"> & Pick<Asked, "span" | "labelVersion">;

function readPoints(db: Database, metric: StoredMetric, { span, resolution, aggregate, labelVersion }: Reading) {
  const limited = { ...span, labelVersion, limit: MOST_READ + 1 };
  if (resolution === "block" || aggregate === null) return explore.readBlockSeries(db, metric, limited);
  return explore.readRolledSeries(db, metric, { ...limited, from: beginOf(span, resolution), resolution, aggregate });
}

/** One under way is not waited for. */
function countUnmade(db: Database, span: Span, resolution: "hour" | "day"): Promise<number> {
  const to = span.to - SECONDS[resolution] + 1;
  return explore.countUnmade(db, { from: beginOf(span, resolution), to, resolution });
}

/** The hour or day in which the span begins is one of it. */
function beginOf({ from }: Span, resolution: "hour" | "day"): number {
  return Math.floor(from / SECONDS[resolution]) * SECONDS[resolution];
}

export function presentMetric({ name, title, unit, meaning, source, needs, usual }: StoredMetric): Metric {
  return { name, title, unit, meaning, source, needs: needs ?? null, usual };
}
