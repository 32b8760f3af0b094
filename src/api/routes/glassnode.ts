import { z } from "zod";
import { glassnodeQuery, glassnodeSeries, problem } from "#contract";
import { AppError } from "#lib";
import { type Database, explore } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { GLASSNODE_METRICS, type GlassnodeMetric } from "../glassnode-metrics.ts";
import { isoTime } from "../present.ts";
import { readSeries } from "../read-series.ts";
import { newestTime, type Span, spanOf } from "../span.ts";
import { csvLine } from "../write-csv.ts";

const USUAL_DAYS = 30;
const part = z.string().min(1).max(60);
const momentOf = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : isoTime(seconds);

/** Series under Glassnode's paths and parameters, so that scripts that read them there can read them here. */
export function registerGlassnodeRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/v1/metrics/:category/:name",
    {
      schema: {
        summary: "A series by hours or days under Glassnode's path and parameters",
        tags: ["compatibility"],
        params: z.object({
          category: part.meta({ description: "Such as fees" }),
          name: part.meta({ description: "Such as volume_sum" }),
        }),
        querystring: glassnodeQuery,
        response: {
          200: { content: { "application/json": { schema: glassnodeSeries }, "text/csv": { schema: z.string() } } },
          400: problem,
          404: problem,
          503: problem,
        },
      },
    },
    async ({ params: { category, name }, query: { i, s, u, f } }, reply) => {
      const known = GLASSNODE_METRICS[`${category}/${name}`];
      const metric = known && explore.findMetric(known.metric);
      if (known === undefined || metric === undefined)
        throw new AppError("API_METRIC_NOT_FOUND", `there is no series ${category}/${name} here`);
      const span = spanOf({ from: momentOf(s), to: momentOf(u) }, await newestTime(db), USUAL_DAYS);
      const resolution = i === "1h" ? ("hour" as const) : ("day" as const);
      const read = await readAs(known.aggregate, { db, metric, span, resolution });
      const told = read.map(({ t, v }) => ({ t, v: v / known.per }));
      if (f === "json") return told;
      const text = [csvLine(["timestamp", "value"]), ...told.map(({ t, v }) => csvLine([t, v]))].join("");
      return reply.type("text/csv; charset=utf-8").send(text);
    },
  );
}

type Reading = {
  readonly db: Database;
  readonly metric: NonNullable<ReturnType<typeof explore.findMetric>>;
  readonly span: Span;
  readonly resolution: "hour" | "day";
};

type Point = { readonly t: number; readonly v: number };

const SECONDS_OF = { hour: 3_600, day: 86_400 } as const;

async function readAs(
  aggregate: GlassnodeMetric["aggregate"],
  { db, metric, span, resolution }: Reading,
): Promise<readonly Point[]> {
  const points = Number.POSITIVE_INFINITY;
  if (aggregate !== "last" && aggregate !== "last height") {
    const rolled = await readSeries(db, metric, { span, resolution, agg: aggregate, points });
    return rolled.points.map(({ time, value }) => ({ t: secondsOf(time), v: value }));
  }
  const seconds = SECONDS_OF[resolution];
  // The hour or day in which the span begins is one of it.
  const whole = { ...span, from: Math.floor(span.from / seconds) * seconds };
  const blocks = await readSeries(db, metric, { span: whole, resolution: "block", points });
  // By height: of an hour or day the last one stays.
  const last = new Map(
    blocks.points.map(({ time, height, value }) => [
      Math.floor(secondsOf(time) / seconds) * seconds,
      aggregate === "last" ? value : (height ?? 0),
    ]),
  );
  return [...last].map(([t, v]) => ({ t, v })).toSorted((left, right) => left.t - right.t);
}

function secondsOf(time: string): number {
  return Date.parse(time) / 1_000;
}
