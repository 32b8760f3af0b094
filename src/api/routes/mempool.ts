import { mempoolHistory, mempoolHistoryQuery, mempoolNow, problem, recommendedFees } from "#contract";
import { explore } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { listForecasts } from "../list-forecasts.ts";
import { newestSnapshot } from "../newest-snapshot.ts";
import { isoTime } from "../present.ts";
import { FEE_BANDS, presentMempool, presentSnapshotLine, presentFees } from "../present-mempool.ts";
import { spanOf } from "../span.ts";

export function registerMempoolRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/mempool",
    {
      config: { remembered: "for a moment" },
      schema: {
        summary: "What waits to be mined, as last seen, and the blocks that could be made of it",
        tags: ["mempool"],
        response: { 200: mempoolNow, 404: problem },
      },
    },
    async () => presentMempool(await newestSnapshot(db)),
  );

  app.get(
    "/api/v1/mempool/history",
    {
      config: { remembered: "for a moment" },
      schema: {
        summary: "What waited over time, by bands of fee rates",
        tags: ["mempool"],
        querystring: mempoolHistoryQuery,
        response: { 200: mempoolHistory, 400: problem, 404: problem },
      },
    },
    async ({ query }) => {
      const span = spanOf(query, (await newestSnapshot(db)).time, 1);
      const every = Math.max(1, Math.ceil((span.to - span.from) / query.points));
      const lines = await explore.readMempoolHistory(db, { ...span, every });
      return {
        from: isoTime(span.from),
        to: isoTime(span.to),
        bands: [...FEE_BANDS],
        // Steps are counted from the epoch, so one more may begin in the span.
        points: lines.slice(-query.points).map(presentSnapshotLine),
      };
    },
  );

  app.get(
    "/api/v1/fees/recommended",
    {
      config: { remembered: "for a moment" },
      schema: {
        summary: "Fee rates by what waits now, beside what is forecast",
        tags: ["mempool"],
        response: { 200: recommendedFees, 404: problem },
      },
    },
    async () => {
      const [snapshot, { forecasts }] = await Promise.all([newestSnapshot(db), listForecasts(db)]);
      return presentFees(snapshot, forecasts);
    },
  );
}
