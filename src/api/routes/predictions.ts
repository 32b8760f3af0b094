import type { z } from "zod";
import { forecastList, problem, scorecard, scorecardQuery } from "#contract";
import { type Database, findHead, listResolved, readScorecard, type Scorecard } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { listForecasts } from "../list-forecasts.ts";
import { decodePageToken, encodePageToken } from "../page-token.ts";
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
      const page = rows.slice(0, query.pageSize);
      const last = page.at(-1);
      const nextPageToken = rows.length > page.length && last !== undefined ? encodePageToken(last.seq) : null;
      const { head, kinds } = await readScores();
      return {
        head: head ?? null,
        kinds: kinds.map(presentKind),
        resolved: page.map(presentResolved),
        nextPageToken,
        nextPageUrl: nextPageToken === null ? null : nextPageUrl({ ...query, pageToken: nextPageToken }),
      };
    },
  );
}

/** All that was ever said is read for it, so it is read anew only where something was entered since. */
function rememberScores(db: Database): () => Promise<Scorecard> {
  let known: Scorecard | undefined;
  return async () => {
    const head = await findHead(db);
    if (known === undefined || known.head?.hash !== head?.hash) known = await readScorecard(db);
    return known;
  };
}

function nextPageUrl(query: z.infer<typeof scorecardQuery>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return `/api/v1/scorecard?${parameters.toString()}`;
}
