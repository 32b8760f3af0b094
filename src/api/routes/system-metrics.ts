import { insightMetrics, problem, processingQuery, signalMetrics, systemMetrics, systemMetricsQuery } from "#contract";
import { measures } from "#store";
import type { App, ApiDeps } from "../app-types.ts";

const SECONDS = { minute: 60, hour: 3_600 } as const;
/** Longer spans are told by hours alone. */
const LONGEST_BY_MINUTES = 48;

/** What was measured of the program itself, and of what it finds. */
export function registerMetricsRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/monitoring/metrics/system",
    {
      schema: {
        summary: "Memory, processor, answers and database over time, as measured",
        tags: ["monitoring"],
        querystring: systemMetricsQuery,
        response: { 200: systemMetrics, 400: problem, 503: problem },
      },
    },
    async ({ query: { hours, resolution } }) => {
      const step = SECONDS[hours > LONGEST_BY_MINUTES ? "hour" : resolution];
      const points = await measures.readSystemMetrics(db, { hours, stepSeconds: step });
      return { points: points.map((point) => ({ ...point, time: point.time.toISOString() })) };
    },
  );

  app.get(
    "/api/v1/monitoring/metrics/signals",
    {
      schema: {
        summary: "Signals of stored blocks over time, by kind",
        tags: ["monitoring"],
        querystring: processingQuery,
        response: { 200: signalMetrics, 400: problem, 503: problem },
      },
    },
    async ({ query }) => {
      const points = await measures.readSignalMetrics(db, query);
      return { points: points.map((point) => ({ ...point, time: point.time.toISOString() })) };
    },
  );

  app.get(
    "/api/v1/monitoring/metrics/insights",
    {
      schema: {
        summary: "Insights over time, by category and status, with their mean confidence",
        tags: ["monitoring"],
        querystring: processingQuery,
        response: { 200: insightMetrics, 400: problem, 503: problem },
      },
    },
    async ({ query }) => {
      const points = await measures.readInsightMetrics(db, query);
      return { points: points.map((point) => ({ ...point, time: point.time.toISOString() })) };
    },
  );
}
