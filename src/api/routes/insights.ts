import { z } from "zod";
import { insight, insightList, listInsightsQuery, problem } from "#contract";
import { AppError } from "#lib";
import { findInsight, getEventBounds, listInsights } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { decodePageToken, encodePageToken } from "../page-token.ts";
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
      const page = rows.slice(0, query.pageSize);
      const lastRow = page.at(-1);
      const nextPageToken =
        rows.length > page.length && lastRow !== undefined ? encodePageToken(lastRow.publishedEventId) : null;
      return {
        insights: page.map(presentInsight),
        nextPageToken,
        nextPageUrl: nextPageToken === null ? null : nextPageUrl({ ...query, pageToken: nextPageToken }),
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
        params: z.object({ id: z.string().regex(/^[0-9a-f]{32}$/, "an insight's id is 32 hex digits") }),
        response: { 200: insight, 400: problem, 404: problem },
      },
    },
    async ({ params }) => {
      const row = await findInsight(db, params.id);
      if (row === undefined) throw new AppError("API_INSIGHT_NOT_FOUND", `there is no insight ${params.id}`);
      return presentInsight(row);
    },
  );
}

function nextPageUrl(query: z.infer<typeof listInsightsQuery>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return `/api/v1/insights?${parameters.toString()}`;
}
