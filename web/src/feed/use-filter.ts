import { getRouteApi } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useStatus } from "../live/use-status.ts";
import { monitoringStatus } from "../server/queries.ts";
import { type FeedFilter, readFilter, TIMES } from "./feed-filter.ts";

const route = getRouteApi("/dashboard");

/** The filter of the address, and how to change parts of it; `undefined` takes a part away. */
export function useFilter(): [
  FeedFilter,
  (change: { [Part in keyof FeedFilter]?: FeedFilter[Part] | undefined }) => void,
] {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const from = useStartOf(search.since);
  const filter = useMemo(() => ({ ...readFilter(search), ...(from === undefined ? {} : { from }) }), [search, from]);
  const change = useCallback(
    (parts: { [Part in keyof FeedFilter]?: FeedFilter[Part] | undefined }) =>
      void navigate({
        search: ({ category, kind, status, confidence, since, q, ...others }) => ({
          ...others,
          ...readFilter({ category, kind, status, confidence, since, q, ...parts }),
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [filter, change];
}

/** Counted from when it was chosen: the list would else be fetched anew at each tick of the clock. */
function useStartOf(since: FeedFilter["since"]): string | undefined {
  const client = useQueryClient();
  const isKnown = useStatus(({ chainTime }) => chainTime !== null) === true;
  return useMemo(() => {
    const now = isKnown ? client.getQueryData(monitoringStatus.queryKey)?.chainTime : undefined;
    const hours = TIMES.find(({ id }) => id === since)?.hours;
    if (typeof now !== "string" || hours === undefined) return undefined;
    return new Date(Date.parse(now) - hours * 3_600_000).toISOString();
  }, [client, isKnown, since]);
}
