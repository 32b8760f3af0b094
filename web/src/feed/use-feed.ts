import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo } from "react";
import type { Insight } from "#contract";
import { visibleInsights } from "../live/feed-changes.ts";
import { isAtTop } from "../live/is-reading.ts";
import { useConnection, useLiveFeed } from "../live/live-context.ts";
import { insightPages } from "../server/queries.ts";
import type { CategoryChoice } from "./category.ts";

/** Loaded pages with what the stream told since laid over them. */
export function useFeed(choice: CategoryChoice) {
  const query = useInfiniteQuery(insightPages(choice));
  const { changes, release, beginAfter } = useLiveFeed();
  const pages = query.data?.pages;
  const lastEventId = pages?.[0]?.lastEventId;
  useEffect(() => {
    if (lastEventId !== undefined) beginAfter(lastEventId);
  }, [lastEventId, beginAfter]);

  const insights = useMemo(() => {
    const listed = pages?.flatMap((page) => page.insights) ?? [];
    return visibleInsights(listed, changes).filter(belongsTo(choice));
  }, [pages, changes, choice]);
  const arrivedIds = useMemo(() => new Set(changes.arrived.map(({ id }) => id)), [changes.arrived]);
  const held = changes.held.filter(belongsTo(choice)).length;

  useReleaseAtTop(held > 0, release);
  useRetryWhenLive(query.isError, query.refetch);
  return { query, insights, arrivedIds, held, newest: changes.held[0] ?? changes.arrived[0], release };
}

function belongsTo(choice: CategoryChoice): (insight: Insight) => boolean {
  return ({ category }) => choice === "all" || category === choice;
}

/** Whoever scrolls back up has finished reading: what was kept back comes in. */
function useReleaseAtTop(active: boolean, release: () => void): void {
  useEffect(() => {
    if (!active) return;
    const onScroll = (): void => {
      if (isAtTop()) release();
    };
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => window.removeEventListener("scroll", onScroll);
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
