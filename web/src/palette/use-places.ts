import { type InfiniteData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { InsightList } from "#contract";
import { stringifySearch } from "../app/search-text.ts";
import { DESTINATIONS } from "../navigation/destinations.ts";
import { entities, metrics, newestTransfers } from "../server/chain-queries.ts";
import { INSIGHTS_KEY } from "../server/queries.ts";
import type { Place } from "./find-places.ts";

const RECENT_DAYS = 30;

/** All that can be found by its name; fetched when the palette is opened for the first time. */
export function usePlaces(): readonly Place[] {
  const { data: known } = useQuery(metrics);
  const { data: recent } = useQuery(entities(RECENT_DAYS));
  return useMemo(() => {
    const actors = new Set(recent?.entities.map(({ actor }) => actor));
    return [
      ...DESTINATIONS.map(({ word, link }) => ({
        title: word,
        kind: "page",
        path: `${link.to}${stringifySearch(link.search)}`,
      })),
      ...(known?.metrics ?? []).map(({ name, title }) => ({ title, kind: "metric", path: `/series/${name}` })),
      ...[...actors].map((actor) => ({
        title: actor,
        kind: "entity",
        path: `/entities/${encodeURIComponent(actor)}`,
      })),
    ];
  }, [known, recent]);
}

/** Transactions that can be found by how their ids begin: what the insights read so far cite, and the newest that were kept. */
export function useTxids(): readonly string[] {
  const client = useQueryClient();
  const { data: newest } = useQuery(newestTransfers);
  return useMemo(() => {
    const read = client.getQueriesData<InfiniteData<InsightList>>({ queryKey: INSIGHTS_KEY });
    const insights = read.flatMap(([, data]) => data?.pages.flatMap((page) => page.insights) ?? []);
    const cited = insights.flatMap(({ evidence }) => evidence.transactions.map(({ txid }) => txid));
    return [...new Set([...cited, ...(newest?.transfers ?? []).map(({ txid }) => txid)])];
  }, [client, newest]);
}
