import { queryOptions } from "@tanstack/react-query";
import type { accounts, AuditList } from "#contract";
import { fetchJson } from "../server/fetch-json.ts";

export const devices = queryOptions({
  queryKey: ["devices"],
  queryFn: ({ signal }) => fetchJson<accounts.DeviceList>("/api/v1/account/sessions", signal),
});

export function people(text: string) {
  const parameters = new URLSearchParams(text === "" ? {} : { q: text });
  return queryOptions({
    queryKey: ["people", text],
    queryFn: ({ signal }) => fetchJson<accounts.PersonList>(`/api/v1/people?${parameters}`, signal),
  });
}

export const invitations = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) => fetchJson<accounts.InvitationList>("/api/v1/invitations", signal),
});

/** Who changed what, the newest first. */
export const auditLog = queryOptions({
  queryKey: ["audit"],
  queryFn: ({ signal }) => fetchJson<AuditList>("/api/v1/audit?pageSize=50", signal),
});

export const apiKeys = queryOptions({
  queryKey: ["api-keys"],
  queryFn: ({ signal }) => fetchJson<accounts.KeyList>("/api/v1/account/keys", signal),
});
