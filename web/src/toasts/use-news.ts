import { useCallback, useEffect, useRef, useState } from "react";
import type { Insight } from "#contract";
import { newsIn } from "../live/feed-changes.ts";
import { useLiveFeed } from "../live/live-context.ts";

/** Insights that came since the last message was closed, newest first. In the feed only those that wait out of sight. */
export function useNews(onFeed: boolean): { readonly news: readonly Insight[]; readonly clear: () => void } {
  const { changes } = useLiveFeed();
  const seen = useRef<ReadonlySet<string>>(new Set());
  const [news, setNews] = useState<readonly Insight[]>([]);
  useEffect(() => {
    const held = newsIn(changes.held, changes);
    const all = [...held, ...newsIn(changes.arrived, changes)];
    const fresh = new Set(all.filter(({ id }) => !seen.current.has(id)));
    seen.current = new Set(all.map(({ id }) => id));
    const shown = (onFeed ? held : all).filter((insight) => fresh.has(insight));
    if (shown.length > 0) setNews((before) => [...shown, ...before]);
  }, [changes, onFeed]);
  const clear = useCallback(() => setNews([]), []);
  return { news, clear };
}
