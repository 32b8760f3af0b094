import { z } from "zod";
import { insight, insightBundle, insightId, insightList, listInsightsQuery, problem } from "#contract";
import { writeBundle } from "#insights";
import { AppError } from "#lib";
import { findBundle, findInsight, getEventBounds, listInsights, type StoredInsight } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { decodePageToken, nextPageUrl, pageOf } from "../page-token.ts";
import { insightNotFound } from "../insight-not-found.ts";
import { presentInsight } from "../present.ts";

export function registerInsightRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/insights",
    {
      schema: {
        summary: "List insights, newest first",
        tags: ["insights"],
        querystring: listInsightsQuery,
        response: { 200: insightList, 400: problem },
      },
    },
    async ({ query }) => {
      // The bounds are read first: what is published in between is in the list and again in the stream, never in neither.
      const { last } = await getEventBounds(db);
      const rows = await listInsights(db, {
        limit: query.pageSize + 1,
        before: query.pageToken === undefined ? undefined : decodePageToken(query.pageToken),
        category: query.category,
      });
      const { page, nextPageToken } = pageOf(rows, query.pageSize, ({ publishedEventId }) => publishedEventId);
      return {
        insights: page.map(presentInsight),
        nextPageToken,
        nextPageUrl: nextPageUrl("/api/v1/insights", query, nextPageToken),
        lastEventId: last,
      };
    },
  );

  app.get(
    "/api/v1/insights/:id",
    {
      schema: {
        summary: "One insight with its evidence",
        tags: ["insights"],
        params: z.object({ id: insightId }),
        response: { 200: insight, 400: problem, 404: problem },
      },
    },
    async ({ params }) => {
      const row = await findInsight(db, params.id);
      if (row === undefined) throw insightNotFound(params.id);
      return presentInsight(row);
    },
  );
  registerBundleRoute(app, db);
}

function registerBundleRoute(app: App, db: ApiDeps["db"]): void {
  app.get(
    "/api/v1/insights/:id/bundle",
    {
      schema: {
        summary: "All that an insight follows from, as a file that utxoiq verify --file computes it from again",
        tags: ["insights"],
        params: z.object({ id: insightId }),
        response: { 200: insightBundle, 400: problem, 404: problem, 410: problem },
      },
    },
    async ({ params: { id } }, reply) => {
      const found = await findBundle(db, id);
      if (found === undefined) throw insightNotFound(id);
      if (found.found !== "bundle") throw blockGone(found.insight);
      void reply.header("content-disposition", `attachment; filename="insight-${id}.json"`);
      // A text is sent as it is: megabytes of rows need no second look.
      return reply.type("application/json").send(writeBundle(found.bundle) as never);
    },
  );
}

function blockGone({ id, height, blockHash, statusReason }: StoredInsight): AppError {
  const why = statusReason === null ? "" : ` (${statusReason})`;
  return new AppError(
    "API_INSIGHT_BLOCK_GONE",
    `block ${height} (${blockHash}) of insight ${id} is not stored any more${why}, and its rows went with it`,
  );
}
