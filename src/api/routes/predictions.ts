import { forecastList, problem, scorecard, scorecardQuery } from "#contract";
import { type Database, findHead, listResolved, readScorecard, type Scorecard } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { listForecasts } from "../list-forecasts.ts";
import { decodePageToken, nextPageUrl, pageOf } from "../page-token.ts";
import { presentKind, presentResolved } from "../present-predictions.ts";

export function registerPredictionRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/forecasts",
    {
      schema: {
        summary: "What is forecast now, and why something is not",
        tags: ["predictions"],
        response: { 200: forecastList },
      },
    },
    () => listForecasts(db),
  );

  const readScores = rememberScores(db);
  app.get(
    "/api/v1/scorecard",
    {
      schema: {
        summary: "What came of all that was said about blocks to come",
        tags: ["predictions"],
        querystring: scorecardQuery,
        response: { 200: scorecard, 400: problem },
      },
    },
    async ({ query }) => {
      const rows = await listResolved(db, {
        limit: query.pageSize + 1,
        before: query.pageToken === undefined ? undefined : decodePageToken(query.pageToken),
        kind: query.kind,
      });
      const { page, nextPageToken } = pageOf(rows, query.pageSize, ({ seq }) => seq);
      const { head, kinds } = await readScores();
      return {
        head: head ?? null,
        kinds: kinds.map(presentKind),
        resolved: page.map(presentResolved),
        nextPageToken,
        nextPageUrl: nextPageUrl("/api/v1/scorecard", query, nextPageToken),
      };
    },
  );
}

/** Read anew only where something was entered since. */
function rememberScores(db: Database): () => Promise<Scorecard> {
  let known: Scorecard | undefined;
  return async () => {
    const head = await findHead(db);
    if (known === undefined || known.head?.hash !== head?.hash) known = await readScorecard(db);
    return known;
  };
}
