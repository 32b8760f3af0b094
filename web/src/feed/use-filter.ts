import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type FeedFilter, readFilter } from "./feed-filter.ts";

const route = getRouteApi("/dashboard");

/** The filter of the address, and how to change parts of it; `undefined` takes a part away. */
export function useFilter(): [
  FeedFilter,
  (change: { [Part in keyof FeedFilter]?: FeedFilter[Part] | undefined }) => void,
] {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter = useMemo(() => readFilter(search), [search]);
  const change = useCallback(
    (parts: { [Part in keyof FeedFilter]?: FeedFilter[Part] | undefined }) =>
      void navigate({
        search: ({ category, kind, status, confidence, q, ...others }) => ({
          ...others,
          ...readFilter({ category, kind, status, confidence, q, ...parts }),
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [filter, change];
}
