import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo } from "react";
import type { InsightList } from "#contract";
import { newsIn, visibleInsights } from "../live/feed-changes.ts";
import { isAtTop } from "../live/is-reading.ts";
import { useConnection, useLiveFeed } from "../live/live-context.ts";
import { insightPages } from "../server/queries.ts";
import { belongsTo, type FeedFilter } from "./feed-filter.ts";

type Highlights = InsightList["highlights"];

/** Loaded pages with what the stream told since laid over them. */
export function useFeed(filter: FeedFilter) {
  const query = useInfiniteQuery(insightPages(filter));
  const { changes, release, beginAfter } = useLiveFeed();
  const pages = query.data?.pages;
  const lastEventId = pages?.[0]?.lastEventId;
  useEffect(() => {
    if (lastEventId !== undefined) beginAfter(lastEventId);
  }, [lastEventId, beginAfter]);

  const insights = useMemo(() => {
    const listed = pages?.flatMap((page) => page.insights) ?? [];
    // What the server found is shown, whatever words it goes by; what came since is looked at here.
    const listedIds = new Set(listed.map(({ id }) => id));
    const belongs = belongsTo(filter);
    return visibleInsights(listed, changes, query.hasNextPage).filter(
      (insight) => listedIds.has(insight.id) || belongs(insight),
    );
  }, [pages, changes, filter, query.hasNextPage]);
  const arrivedIds = useMemo(() => new Set(newsIn(changes.arrived, changes).map(({ id }) => id)), [changes]);
  const heldNews = newsIn(changes.held, changes);
  const held = heldNews.filter(belongsTo(filter)).length;

  useReleaseAtTop(changes.held.length > 0, release);
  useRetryWhenLive(query.isError, query.refetch);
  const highlights = useMemo(
    () => Object.assign({}, ...(pages ?? []).map((page) => page.highlights)) as Highlights,
    [pages],
  );
  return {
    query,
    insights,
    highlights,
    arrivedIds,
    held,
    newest: heldNews[0] ?? newsIn(changes.arrived, changes)[0],
    release,
  };
}

/** Whoever scrolls back up has finished reading, and whoever comes back to the tab sees it come: what was kept back comes in. */
function useReleaseAtTop(active: boolean, release: () => void): void {
  useEffect(() => {
    if (!active) return;
    const onReturn = (): void => {
      if (isAtTop() && !document.hidden) release();
    };
    window.addEventListener("scroll", onReturn, { passive: true });
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      window.removeEventListener("scroll", onReturn);
      document.removeEventListener("visibilitychange", onReturn);
    };
  }, [active, release]);
}

/** A list that failed while the server was gone is asked for again when it is back. */
function useRetryWhenLive(failed: boolean, refetch: () => Promise<unknown>): void {
  const { state } = useConnection();
  // Only the return of the connection is a reason to try again; a list that fails while live waits for the reader.
  const retry = useEffectEvent(() => {
    if (failed) void refetch();
  });
  useEffect(() => {
    if (state === "live") retry();
  }, [state]);
}
