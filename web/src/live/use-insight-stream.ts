import type { QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import type { Insight, StoredEvent } from "#contract";
import { applyFeedback, FEEDBACK_KEY } from "../feedback/feedback-queries.ts";
import { insightOf, outcomeOf } from "../insight/insight-queries.ts";
import { INSIGHTS_KEY, latestBrief, monitoringStatus } from "../server/queries.ts";
import { batch } from "./batch.ts";
import { type InsightEvent, NO_CHANGES, reduceFeed } from "./feed-changes.ts";
import { isReading } from "./is-reading.ts";
import type { LiveFeed } from "./live-context.ts";
import { type Stream, useStream } from "./use-stream.ts";

const BATCH_MS = 100;

/** The insight events since the list was loaded, folded into what the feed lays over its pages. */
export function useInsightStream(
  queryClient: QueryClient,
  onTold: (event: StoredEvent) => void,
): Stream & { readonly feed: LiveFeed } {
  const [changes, dispatch] = useReducer(reduceFeed, NO_CHANGES);
  const [begin, setBegin] = useState<number>();
  const arriving = useMemo(
    () =>
      batch<InsightEvent>(BATCH_MS, (events) => {
        const tip = queryClient.getQueryData(monitoringStatus.queryKey)?.tip?.height;
        dispatch({ type: "events", events, hold: isReading(), tip });
      }),
    [queryClient],
  );
  useEffect(() => () => arriving.cancel(), [arriving]);

  const stream = useStream({
    path: "/ws/insights",
    enabled: begin !== undefined,
    startAfter: (lastEventId) => begin ?? lastEventId,
    onEvent: (event) => {
      onTold(event);
      if (isInsightEvent(event)) {
        arriving.add(event);
        applyInsight(queryClient, event.data);
      }
      if (event.type === "brief.published") void queryClient.invalidateQueries(latestBrief);
      if (event.type === "feedback.updated") applyFeedback(queryClient, event.data);
    },
    onReset: () => {
      arriving.cancel();
      dispatch({ type: "reset" });
      void queryClient.resetQueries({ queryKey: INSIGHTS_KEY });
      void queryClient.invalidateQueries({ queryKey: FEEDBACK_KEY });
    },
  });

  const release = useCallback(() => dispatch({ type: "release" }), []);
  const beginAfter = useCallback((lastEventId: number) => setBegin((known) => known ?? lastEventId), []);
  const feed = useMemo(() => ({ changes, release, beginAfter }), [changes, release, beginAfter]);
  return { ...stream, feed };
}

/** The page of one insight shows its newest version, and asks anew what became of its claim. */
function applyInsight(queryClient: QueryClient, insight: Insight): void {
  queryClient.setQueryData(insightOf(insight.id).queryKey, (known) =>
    known !== undefined && known.eventId < insight.eventId ? insight : known,
  );
  void queryClient.invalidateQueries(outcomeOf(insight.id));
}

function isInsightEvent(event: StoredEvent): event is InsightEvent {
  return event.type.startsWith("insight.");
}
