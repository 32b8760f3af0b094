import { z } from "zod";
import {
  entitiesQuery,
  entityList,
  entitySeries,
  entitySeriesQuery,
  metricList,
  problem,
  series,
  seriesQuery,
} from "#contract";
import { AppError } from "#lib";
import { type Database, explore } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { findLabelVersion } from "../find-label-version.ts";
import { isoTime } from "../present.ts";
import { presentMetric, readSeries } from "../read-series.ts";
import { newestTime, type Span, spanOf } from "../span.ts";

const COVERAGE_DAYS = 30;
const SERIES_DAYS = 30;
const DAY_SECONDS = 86_400;
const MOST_DAYS_AS_OF = 100;
const name = z.string().min(1).max(120);

export function registerSeriesRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/metrics",
    {
      config: { remembered: "for a few moments" },
      schema: {
        summary: "Every metric with unit, formula, and how many blocks have it",
        tags: ["series"],
        response: { 200: metricList, 503: problem },
      },
    },
    async () => {
      const coverage = await explore.readCoverage(db, spanOf({}, await newestTime(db), COVERAGE_DAYS));
      const blocks = coverage.get("txs") ?? 0;
      const shareOf = (metric: string): number | null => (blocks === 0 ? null : (coverage.get(metric) ?? 0) / blocks);
      return {
        metrics: explore.listMetrics().map((metric) => ({
          ...presentMetric(metric),
          coverage: shareOf(metric.name),
        })),
      };
    },
  );

  app.get(
    "/api/v1/series/:metric",
    {
      config: { remembered: "for a few moments" },
      schema: {
        summary: "A metric over time, block by block or by hours and days",
        tags: ["series"],
        params: z.object({ metric: name.meta({ description: "A name of /api/v1/metrics" }) }),
        querystring: seriesQuery,
        response: { 200: series, 400: problem, 404: problem, 503: problem },
      },
    },
    async ({ params, query }) => {
      const metric = explore.findMetric(params.metric);
      if (metric === undefined) throw new AppError("API_METRIC_NOT_FOUND", `there is no metric ${params.metric}`);
      const span = spanOf(query, await newestTime(db), SERIES_DAYS);
      if (query.asOf === undefined) return readSeries(db, metric, { ...query, span });
      if (metric.needs !== "labels")
        throw new AppError("API_BAD_REQUEST", `asOf: no labels tell of ${metric.name}, so it is never restated`);
      const labelVersion = await findLabelVersion(db, query.asOf);
      return readSeries(db, metric, { ...query, span: withinDays(span), labelVersion });
    },
  );
  registerEntityRoutes(app, db);
}

function registerEntityRoutes(app: App, db: Database): void {
  app.get(
    "/api/v1/entities",
    {
      config: { remembered: "for a few moments" },
      schema: {
        summary: "Labelled entities that received or spent something in the last days, those that moved most first",
        tags: ["entities"],
        querystring: entitiesQuery,
        response: { 200: entityList, 400: problem, 503: problem },
      },
    },
    async ({ query: { days, asOf } }) => {
      const span = wholeDays(spanOf({}, await newestTime(db), days));
      const labelVersion = await findLabelVersion(db, asOf);
      const entities =
        labelVersion === undefined
          ? await explore.listEntityTotals(db, span)
          : await explore.listEntityTotalsAsOf(db, { ...withinDays(span), labelVersion });
      return {
        from: isoTime(span.from),
        to: isoTime(span.to),
        labelVersion: labelVersion ?? null,
        entities: entities.map((entity) => ({ ...entity })),
      };
    },
  );

  app.get(
    "/api/v1/entities/:actor/flows",
    {
      config: { remembered: "for a few moments" },
      schema: {
        summary: "What an entity received and spent by hours or days",
        tags: ["entities"],
        params: z.object({ actor: name.meta({ description: "The name of the entity, in any spelling" }) }),
        querystring: entitySeriesQuery,
        response: { 200: entitySeries, 400: problem, 404: problem, 503: problem },
      },
    },
    async ({ params: { actor }, query }) => {
      const kinds = await explore.listKindsOf(db, actor);
      const span = wholeDays(spanOf(query, await newestTime(db), SERIES_DAYS));
      const resolution = query.resolution === "auto" ? ("day" as const) : query.resolution;
      const labelVersion = await findLabelVersion(db, query.asOf);
      const asked = { ...span, actor, resolution, limit: 5_001 };
      const points =
        labelVersion === undefined
          ? await explore.readEntitySeries(db, asked)
          : await explore.readEntitySeriesAsOf(db, { ...withinDays(asked), labelVersion });
      if (kinds.length === 0 && points.length === 0)
        throw new AppError("API_ENTITY_NOT_FOUND", `no label and no block tells of ${actor}`);
      if (points.length > 5_000)
        throw new AppError("API_BAD_REQUEST", "more than 5,000 hours: ask for days, or for less of it");
      return {
        actor: kinds[0]?.actor ?? actor,
        kinds: kinds.map(({ kind, labels }) => ({ kind, labels })),
        from: isoTime(span.from),
        to: isoTime(span.to),
        resolution,
        labelVersion: labelVersion ?? null,
        points: points.map((point) => ({ ...point, time: isoTime(point.time) })),
      };
    },
  );
}

/** As labels were is read block by block: hours and days are kept by the newest ones alone. */
function withinDays<Asked extends Span>(asked: Asked): Asked {
  if (asked.to - asked.from <= MOST_DAYS_AS_OF * DAY_SECONDS) return asked;
  throw new AppError("API_BAD_REQUEST", `with asOf at most ${MOST_DAYS_AS_OF} days are told at once`);
}

/** Days are whole ones of UTC: the first that the span touches to the last. */
function wholeDays({ from, to }: { readonly from: number; readonly to: number }) {
  return { from: Math.floor(from / DAY_SECONDS) * DAY_SECONDS, to };
}
