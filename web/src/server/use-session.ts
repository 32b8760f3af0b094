import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Session } from "#contract";
import { fetchJson } from "./fetch-json.ts";
import { given } from "./given.ts";

export const ownSession = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => fetchJson<Session>("/api/v1/session", signal),
  initialData: () => given("/api/v1/session") as Session | undefined,
  staleTime: 60_000,
});

/** Whom the server takes this browser for; `undefined` until that is known. */
export function useSession(): Session | undefined {
  return useQuery(ownSession).data;
}

/** Whether this browser may do something, by the names of permissions.ts; `undefined` until that is known. */
export function useMay(permission: string): boolean | undefined {
  return useSession()?.permissions.includes(permission);
}
