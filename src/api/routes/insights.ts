import { Readable } from "node:stream";
import { z } from "zod";
import {
  countInsightsQuery,
  exportInsightsQuery,
  insight,
  insightBundle,
  insightFacets,
  insightId,
  insightList,
  insightOutcome,
  listInsightsQuery,
  problem,
  relatedInsights,
} from "#contract";
import { writeBundle } from "#insights";
import { AppError } from "#lib";
import { findBundle, findInsight, getEventBounds, listInsights, search, type StoredInsight } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { exportInsights } from "../export-insights.ts";
import { refuseLargeExport } from "../refuse-large-export.ts";
import { highlightInsights } from "../highlight-insights.ts";
import { insightFilterOf, parametersOf } from "../insight-filter.ts";
import { BundleShelf } from "../bundle-shelf.ts";
import { insightNotFound } from "../insight-not-found.ts";
import { decodeInsightToken, nextPageUrl, pageOf } from "../page-token.ts";
import { isoTime, presentInsight } from "../present.ts";
import { presentFacets } from "../present-facets.ts";

const tags = ["insights"];

export function registerInsightRoutes(app: App, deps: ApiDeps): void {
  const { db } = deps;
  registerList(app, db);
  registerSummaries(app, deps);
  app.get(
    "/api/v1/insights/:id",
    {
      config: { remembered: "while it is read" },
      schema: {
        summary: "One insight with its evidence",
        tags,
        params: z.object({ id: insightId }),
        response: { 200: insight, 400: problem, 404: problem },
      },
    },
    async ({ params }) => presentInsight(await getInsight(db, params.id)),
  );
  registerContext(app, db);
  registerBundleRoute(app, db);
}

function registerList(app: App, db: ApiDeps["db"]): void {
  app.get(
    "/api/v1/insights",
    {
      config: { remembered: "until the next event" },
      schema: {
        summary: "List insights, newest first, or search in them",
        tags,
        querystring: listInsightsQuery,
        response: { 200: insightList, 400: problem },
      },
    },
    async ({ query }) => {
      // The bounds are read first: what is published in between is in the list and again in the stream, never in neither.
      const { last } = await getEventBounds(db);
      const { pageSize, pageToken, sort } = query;
      const rows = await listInsights(db, {
        limit: pageSize + 1,
        filter: insightFilterOf(query),
        byRelevance: sort === "relevance",
        after: pageToken === undefined ? undefined : decodeInsightToken(pageToken),
      });
      const { page, nextPageToken } = pageOf(rows, pageSize, ({ publishedEventId, publishedHeight, rank }) => ({
        before: publishedEventId,
        height: rank === null ? publishedHeight : undefined,
        rank: rank ?? undefined,
      }));
      const insights = page.map(presentInsight);
      const asked = { pageSize, sort, ...parametersOf(query) };
      return {
        insights,
        highlights: await highlightInsights(db, insights, query.q),
        nextPageToken,
        nextPageUrl: nextPageUrl("/api/v1/insights", asked, nextPageToken),
        lastEventId: last,
      };
    },
  );
}

function registerSummaries(app: App, { db, guests }: ApiDeps): void {
  app.get(
    "/api/v1/insights/facets",
    {
      config: { remembered: "until the next event" },
      schema: {
        summary: "How many insights a filter leaves, by category, kind, status and confidence",
        tags,
        querystring: countInsightsQuery,
        response: { 200: insightFacets, 400: problem },
      },
    },
    async ({ query }) => presentFacets(await search.countInsights(db, insightFilterOf(query)), query),
  );
  app.get(
    "/api/v1/insights/latest",
    {
      config: { remembered: "until the next event" },
      schema: {
        summary: "The newest insight that a filter leaves",
        tags,
        querystring: countInsightsQuery,
        response: { 200: insight, 400: problem, 404: problem },
      },
    },
    async ({ query }) => {
      const [newest] = await listInsights(db, { limit: 1, filter: insightFilterOf(query) });
      if (newest === undefined) throw new AppError("API_INSIGHT_NOT_FOUND", "there is no such insight yet");
      return presentInsight(newest);
    },
  );
  app.get(
    "/api/v1/insights/export",
    {
      schema: {
        summary: "All insights that a filter leaves, newest first, as a file",
        tags,
        querystring: exportInsightsQuery,
        response: {
          200: {
            content: {
              "application/x-ndjson": { schema: z.string().meta({ description: "An Insight a line" }) },
              "application/json": { schema: z.array(insight) },
              "text/csv": { schema: z.string() },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const filter = insightFilterOf(query);
      await refuseLargeExport(db, { request, filter, guests });
      const { type, text } = exportInsights(db, filter, query.format);
      void reply.header("content-disposition", `attachment; filename="utxoiq-insights.${query.format}"`);
      // A stream is sent as it is.
      return reply.type(type).send(Readable.from(text()) as never);
    },
  );
}

function registerContext(app: App, db: ApiDeps["db"]): void {
  const params = z.object({ id: insightId });
  app.get(
    "/api/v1/insights/:id/related",
    {
      config: { remembered: "until the next event" },
      schema: {
        summary: "Insights of a week around one that share whom it is about, its block or its kind; the closest first",
        tags,
        params,
        response: { 200: relatedInsights, 400: problem, 404: problem },
      },
    },
    async ({ params: { id } }) => {
      const related = await search.listRelated(db, await getInsight(db, id), MOST_RELATED);
      return { insights: related.map(presentInsight) };
    },
  );
  app.get(
    "/api/v1/insights/:id/outcome",
    {
      schema: {
        summary: "What came of what an insight claims, and of every statement that was entered for it",
        tags,
        params,
        response: { 200: insightOutcome, 400: problem, 404: problem },
      },
    },
    async ({ params: { id } }) => {
      const entered = await search.listStatements(db, await getInsight(db, id));
      const statements = entered.map(presentStatement);
      const own = statements.find(({ isOwn }) => isOwn);
      const { state, outcome, resolvedAt } = own ?? { state: "none" as const, outcome: null, resolvedAt: null };
      return { state, outcome, resolvedAt, statements };
    },
  );
}

function presentStatement({ outcome, resolvedBy, ...said }: search.EnteredStatement) {
  const resolvedAt = resolvedBy && { ...resolvedBy, time: isoTime(resolvedBy.time) };
  return { ...said, outcome: outcome && { ...outcome }, resolvedAt };
}

const MOST_RELATED = 6;

async function getInsight(db: ApiDeps["db"], id: string): Promise<StoredInsight> {
  const row = await findInsight(db, id);
  if (row === undefined) throw insightNotFound(id);
  return row;
}

function registerBundleRoute(app: App, db: ApiDeps["db"]): void {
  const shelf = new BundleShelf();
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
      const stored = await findInsight(db, id);
      if (stored === undefined) throw insightNotFound(id);
      const text = await shelf.get(`${id} ${stored.eventId}`, () => makeBundle(db, id));
      if (text === undefined) throw blockGone(stored);
      void reply.header("content-disposition", `attachment; filename="insight-${id}.json"`);
      // A text is sent as it is: megabytes of rows need no second look.
      return reply.type("application/json").send(text as never);
    },
  );
}

/** `undefined` where its block is not stored any more. */
async function makeBundle(db: ApiDeps["db"], id: string): Promise<string | undefined> {
  const found = await findBundle(db, id);
  return found?.found === "bundle" ? writeBundle(found.bundle) : undefined;
}

function blockGone({ id, height, blockHash, statusReason }: StoredInsight): AppError {
  const why = statusReason === null ? "" : ` (${statusReason})`;
  return new AppError(
    "API_INSIGHT_BLOCK_GONE",
    `block ${height} (${blockHash}) of insight ${id} is not stored any more${why}, and its rows went with it`,
  );
}
