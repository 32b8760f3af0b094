import { queryOptions } from "@tanstack/react-query";
import type { accounts, AuditList, DenialList } from "#contract";
import { fetchJson } from "../server/fetch-json.ts";

export const devices = queryOptions({
  queryKey: ["devices"],
  queryFn: ({ signal }) => fetchJson<accounts.DeviceList>("/api/v1/account/sessions", signal),
});

export function people(text: string, page: number) {
  const parameters = new URLSearchParams({ page: String(page), ...(text === "" ? {} : { q: text }) });
  return queryOptions({
    queryKey: ["people", text, page],
    queryFn: ({ signal }) => fetchJson<accounts.PersonList>(`/api/v1/people?${parameters}`, signal),
  });
}

export const tiers = queryOptions({
  queryKey: ["tiers"],
  queryFn: ({ signal }) => fetchJson<accounts.TierList>("/api/v1/tiers", signal),
});

/** Browsers of the operator. */
export const operatorDevices = queryOptions({
  queryKey: ["operator-devices"],
  queryFn: ({ signal }) => fetchJson<accounts.DeviceList>("/api/v1/operator/sessions", signal),
});

export const invitations = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) => fetchJson<accounts.InvitationList>("/api/v1/invitations", signal),
});

/** What of the audit log somebody looks for, by the names of its parameters; an empty text does not matter. */
export type AuditWanted = Readonly<Partial<Record<string, string | undefined>>>;

/** Who changed what, the newest first. */
export function auditLog(wanted: AuditWanted) {
  const said = Object.entries(wanted).flatMap(([name, text]) =>
    text === undefined || text === "" ? [] : [[name, text]],
  );
  const parameters = new URLSearchParams([["pageSize", "50"], ...said]);
  return queryOptions({
    queryKey: ["audit", parameters.toString()],
    queryFn: ({ signal }) => fetchJson<AuditList>(`/api/v1/audit?${parameters}`, signal),
  });
}

/** Who was refused what, the latest first. */
export const denials = queryOptions({
  queryKey: ["denials"],
  queryFn: ({ signal }) => fetchJson<DenialList>("/api/v1/audit/denials", signal),
});

export const apiKeys = queryOptions({
  queryKey: ["api-keys"],
  queryFn: ({ signal }) => fetchJson<accounts.KeyList>("/api/v1/account/keys", signal),
});

export const methods = queryOptions({
  queryKey: ["sign-in-methods"],
  queryFn: ({ signal }) => fetchJson<accounts.MethodList>("/api/v1/account/methods", signal),
});

export const passkeys = queryOptions({
  queryKey: ["passkeys"],
  queryFn: ({ signal }) => fetchJson<accounts.PasskeyList>("/api/v1/account/passkeys", signal),
});

export const secondFactorState = queryOptions({
  queryKey: ["second-factor"],
  queryFn: ({ signal }) => fetchJson<accounts.SecondFactorState>("/api/v1/account/second-factor", signal),
});

export const saidOfInsights = queryOptions({
  queryKey: ["said"],
  queryFn: ({ signal }) => fetchJson<accounts.SaidList>("/api/v1/account/feedback", signal),
});
