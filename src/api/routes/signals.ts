import { listSignalsQuery, problem, signalList } from "#contract";
import { explore } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { decodePlaceInChain, encodePlaceInChain, nextPageUrl, pageOf } from "../page-token.ts";
import { presentSignal } from "../present-signal.ts";

export function registerSignalRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/signals",
    {
      config: { remembered: "until the next event" },
      schema: {
        summary: "What stood out in stored blocks, the highest block first, whether an insight tells of it or not",
        tags: ["chain"],
        querystring: listSignalsQuery,
        response: { 200: signalList, 400: problem },
      },
    },
    async ({ query }) => {
      const { pageSize, pageToken, kind, category, from, to, ...rest } = query;
      const place = pageToken === undefined ? undefined : decodePlaceInChain(pageToken);
      const rows = await explore.listSignals(db, {
        ...rest,
        kinds: kind,
        categories: category,
        from: secondsOf(from),
        to: secondsOf(to),
        limit: pageSize + 1,
        before: place && { height: place.height, ordinal: place.number },
      });
      const { page, nextPageToken } = pageOf(rows, pageSize, ({ height, ordinal }) =>
        encodePlaceInChain({ height, number: ordinal }),
      );
      const lists = { kind: kind?.join(","), category: category?.join(",") };
      const next = nextPageUrl("/api/v1/signals", { pageSize, from, to, ...rest, ...lists }, nextPageToken);
      return { signals: page.map(presentSignal), nextPageToken, nextPageUrl: next };
    },
  );
}

function secondsOf(moment: string | undefined): number | undefined {
  return moment === undefined ? undefined : Date.parse(moment) / 1_000;
}
