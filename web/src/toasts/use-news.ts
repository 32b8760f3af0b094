import { useCallback, useEffect, useRef, useState } from "react";
import type { Insight } from "#contract";
import { useLiveFeed } from "../live/live-context.ts";

/** Insights that came since the last message was closed, newest first. In the feed only those that wait out of sight. */
export function useNews(onFeed: boolean): { readonly news: readonly Insight[]; readonly clear: () => void } {
  const { changes } = useLiveFeed();
  const seen = useRef(new Set<string>());
  const [news, setNews] = useState<readonly Insight[]>([]);
  useEffect(() => {
    const fresh = [...changes.held, ...changes.arrived].filter(({ id }) => !seen.current.has(id));
    for (const { id } of fresh) seen.current.add(id);
    const shown = onFeed ? fresh.filter((insight) => changes.held.includes(insight)) : fresh;
    if (shown.length > 0) setNews((before) => [...shown, ...before]);
  }, [changes, onFeed]);
  const clear = useCallback(() => setNews([]), []);
  return { news, clear };
}
