import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Session } from "#contract";
import { fetchJson } from "./fetch-json.ts";

const ownSession = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => fetchJson<Session>("/api/v1/session", signal),
  staleTime: 60_000,
});

/** Whether this browser is the operator's; `undefined` until that is known. */
export function useOperator(): boolean | undefined {
  const { data } = useQuery(ownSession);
  return data === undefined ? undefined : data.role === "operator";
}
