import type { Actor, Role } from "#auth";
import type { Topic } from "./streams/delivery.ts";

/**
 * What a route needs: the only such table. A route that is not in it keeps the server from starting.
 * - `public`: nothing; the pages themselves, signing in, health
 * - `feed`: insights, briefs and what belongs to them
 * - `chain`: blocks, series, entities, mempool, forecasts
 * - `monitor`: how the program does in detail, and what it was told to do; its state in a word comes with the feed
 * - `feedback`: to say something of an insight
 * - `account`: an account, and its own alone
 * - `moderate`: what others said
 * - `operate`: to have the program do something
 * - `administer`: people, and who did what
 */
export type Permission =
  | "public"
  | "feed"
  | "chain"
  | "monitor"
  | "feedback"
  | "account"
  | "moderate"
  | "operate"
  | "administer";

/** What whoever has no account may do: a setting. */
export type GuestAccess = "all" | "feed" | "nothing";

const OF_GUESTS: Readonly<Record<GuestAccess, readonly Permission[]>> = {
  all: ["public", "feed", "chain", "monitor", "feedback"],
  feed: ["public", "feed"],
  nothing: ["public"],
};

/** What each role may do; a guest's is added to it, so that nobody loses by signing in. */
const GRANTS: Readonly<Record<Exclude<Role, "guest">, readonly Permission[]>> = {
  member: ["public", "feed", "chain", "feedback", "account"],
  analyst: ["public", "feed", "chain", "feedback", "account", "moderate"],
  service: ["public", "feed", "chain", "monitor", "account"],
  admin: ["public", "feed", "chain", "monitor", "feedback", "account", "moderate", "operate", "administer"],
  operator: ["public", "feed", "chain", "monitor", "feedback", "moderate", "operate", "administer"],
};

const PERMISSIONS: Readonly<Record<string, Permission>> = {
  "GET /": "public",
  "GET /dashboard": "public",
  "GET /blocks": "public",
  "GET /blocks/:height": "public",
  "GET /mempool": "public",
  "GET /entities": "public",
  "GET /entities/:actor": "public",
  "GET /scorecard": "public",
  "GET /series/:name": "public",
  "GET /transactions/:txid": "public",
  "GET /setup": "public",
  "GET /assets/*": "public",
  "GET /favicon.svg": "public",
  "GET /livez": "public",
  "GET /readyz": "public",
  "GET /metrics": "monitor",
  "GET /api/v1/openapi.json": "public",
  "GET /reference": "public",
  "GET /api/v1/insights": "feed",
  "GET /api/v1/insights/facets": "feed",
  "GET /api/v1/insights/latest": "feed",
  "GET /api/v1/insights/export": "feed",
  "GET /api/v1/insights/:id": "feed",
  "GET /insights/:id": "public",
  "GET /api/v1/insights/:id/chart": "feed",
  "GET /api/v1/insights/:id/picture.svg": "feed",
  "GET /api/v1/insights/:id/sparkline.svg": "feed",
  "GET /api/v1/insights/:id/picture.png": "feed",
  "GET /api/v1/insights/:id/related": "feed",
  "GET /api/v1/insights/:id/outcome": "feed",
  "GET /api/v1/insights/:id/explanation": "feed",
  "GET /api/v1/insights/:id/bundle": "feed",
  "GET /api/v1/briefs": "feed",
  "GET /api/v1/briefs/:date": "feed",
  "GET /api/v1/briefs/:date.md": "feed",
  "GET /api/v1/briefs/:date.html": "feed",
  "GET /api/v1/briefs/:date/pictures/:number.svg": "feed",
  "GET /api/v1/briefs/:date/pictures/:number.png": "feed",
  "GET /briefs": "feed",
  "GET /briefs/:date": "feed",
  "GET /feeds/insights.atom": "feed",
  "GET /feeds/briefs.atom": "feed",
  "GET /api/v1/forecasts": "chain",
  "GET /api/v1/scorecard": "chain",
  "GET /api/v1/tip": "feed",
  "GET /api/v1/blocks": "chain",
  "GET /api/v1/blocks/:block": "chain",
  "GET /api/v1/signals": "chain",
  "GET /api/v1/labels": "chain",
  "GET /api/v1/transfers": "chain",
  "GET /api/v1/transactions/:txid": "chain",
  "GET /api/v1/transactions/:txid/lookup": "chain",
  "GET /api/v1/pools": "chain",
  "GET /api/v1/entities": "chain",
  "GET /api/v1/entities/:actor/flows": "chain",
  "GET /api/v1/metrics": "chain",
  "GET /api/v1/series/:metric": "chain",
  "GET /api/v1/mempool": "chain",
  "GET /api/v1/mempool/history": "chain",
  "GET /api/v1/fees/recommended": "chain",
  "GET /api/v1/monitoring/status": "feed",
  "GET /api/v1/monitoring/backfill": "monitor",
  "GET /api/v1/monitoring/backfill/:id": "monitor",
  "POST /api/v1/monitoring/backfill": "operate",
  "POST /api/v1/monitoring/backfill/:id/:change": "operate",
  "GET /api/v1/monitoring/metrics/system": "monitor",
  "GET /api/v1/monitoring/metrics/signals": "monitor",
  "GET /api/v1/monitoring/metrics/insights": "monitor",
  "GET /api/v1/setup": "operate",
  "POST /api/v1/setup/test": "operate",
  "PUT /api/v1/setup/source": "operate",
  "GET /api/v1/events": "chain",
  "GET /ws/insights": "feed",
  "GET /ws/monitoring": "feed",
  "POST /mcp": "public",
  "GET /api/blocks": "chain",
  "GET /api/blocks/:height": "chain",
  "GET /api/blocks/tip/height": "chain",
  "GET /api/blocks/tip/hash": "chain",
  "GET /api/block-height/:height": "chain",
  "GET /api/block/:hash": "chain",
  "GET /api/block/:hash/status": "chain",
  "GET /api/tx/:txid/status": "chain",
  "GET /api/mempool": "chain",
  "GET /api/fee-estimates": "chain",
  "GET /v1/metrics/:category/:name": "chain",
  "GET /operator": "public",
  "GET /api/v1/session": "public",
  "DELETE /api/v1/session": "public",
  "GET /api/v1/audit": "administer",
  "GET /api/v1/audit/denials": "administer",
  "GET /api/v1/feedback/stats": "feed",
  "GET /api/v1/feedback/insights/:id/stats": "feed",
  "POST /api/v1/feedback/insights/:id/rate": "feedback",
  "DELETE /api/v1/feedback/insights/:id/rate": "feedback",
  "POST /api/v1/feedback/insights/:id/comment": "feedback",
  "GET /api/v1/feedback/insights/:id/comments": "feed",
  "POST /api/v1/feedback/insights/:id/flag": "feedback",
  "GET /api/v1/feedback/moderation": "moderate",
  "POST /api/v1/feedback/comments/:commentId/hide": "moderate",
  "POST /api/v1/auth/sign-in": "public",
  "POST /api/v1/auth/sign-up": "public",
  "POST /api/v1/auth/verify-email": "public",
  "POST /api/v1/auth/verify-email/send": "public",
  "POST /api/v1/auth/reset-password": "public",
  "POST /api/v1/auth/reset-password/send": "public",
  "POST /api/v1/auth/confirm-email": "public",
  "POST /api/v1/auth/second-factor": "public",
  "POST /api/v1/auth/providers/:provider": "public",
  "GET /api/v1/auth/callback/:provider": "public",
  "POST /api/v1/auth/firebase": "public",
  "POST /api/v1/auth/token": "public",
  "POST /api/v1/auth/passkey": "public",
  "POST /api/v1/auth/passkey/options": "public",
  "GET /sign-in": "public",
  "GET /sign-up": "public",
  "GET /verify-email": "public",
  "GET /reset-password": "public",
  "GET /confirm-email": "public",
  "GET /account": "public",
  "GET /administration": "public",
  "GET /moderation": "public",
  "GET /api/v1/account": "account",
  "PATCH /api/v1/account": "account",
  "POST /api/v1/account/password": "account",
  "POST /api/v1/account/email": "account",
  "GET /api/v1/account/export": "account",
  "POST /api/v1/account/delete": "account",
  "GET /api/v1/account/second-factor": "account",
  "POST /api/v1/account/second-factor": "account",
  "POST /api/v1/account/second-factor/confirm": "account",
  "POST /api/v1/account/second-factor/end": "account",
  "POST /api/v1/account/second-factor/recovery-codes": "account",
  "GET /api/v1/account/methods": "account",
  "POST /api/v1/account/methods/:methodId/remove": "account",
  "GET /api/v1/account/passkeys": "account",
  "POST /api/v1/account/passkeys": "account",
  "POST /api/v1/account/passkeys/options": "account",
  "POST /api/v1/account/passkeys/:passkeyId/remove": "account",
  "GET /api/v1/account/sessions": "account",
  "DELETE /api/v1/account/sessions": "account",
  "DELETE /api/v1/account/sessions/:sessionId": "account",
  "GET /api/v1/account/keys": "account",
  "POST /api/v1/account/keys": "account",
  "POST /api/v1/account/keys/:keyId/rotate": "account",
  "DELETE /api/v1/account/keys/:keyId": "account",
  "POST /api/v1/account/token": "account",
  "GET /api/v1/account/feedback": "account",
  "GET /.well-known/jwks.json": "public",
  "GET /api/v1/tiers": "account",
  "PATCH /api/v1/tiers/:tier": "administer",
  "GET /api/v1/operator/sessions": "administer",
  "DELETE /api/v1/operator/sessions/:sessionId": "administer",
  "GET /api/v1/people": "administer",
  "PATCH /api/v1/people/:personId": "administer",
  "GET /api/v1/invitations": "administer",
  "POST /api/v1/invitations": "administer",
  "DELETE /api/v1/invitations/:invitationId": "administer",
};

/** What may be heard on streams, whichever of them is open to somebody. */
const OF_TOPICS: Readonly<Record<Topic, Permission>> = {
  insight: "feed",
  feedback: "feed",
  brief: "feed",
  block: "feed",
  status: "feed",
  backfill: "monitor",
  mempool: "chain",
  forecast: "chain",
};

export function topicsOf(permissions: readonly Permission[]): readonly Topic[] {
  const topics = Object.entries(OF_TOPICS) as [Topic, Permission][];
  return topics.filter(([, needed]) => permissions.includes(needed)).map(([topic]) => topic);
}

export function listPermissions(): readonly (readonly [route: string, permission: Permission])[] {
  return Object.entries(PERMISSIONS);
}

export function permissionsOf(
  actor: Pick<Actor, "role" | "person" | "scopes">,
  guests: GuestAccess,
): readonly Permission[] {
  const { role, person, scopes } = actor;
  const granted = role === "guest" ? [] : GRANTS[role];
  // The operator may be signed in to an account beside.
  const own: readonly Permission[] = person === undefined ? [] : ["account"];
  const all = [...new Set([...OF_GUESTS[guests], ...granted, ...own])];
  // A key may what it is for, and never more than its person; accounts are no affair of keys.
  return scopes === undefined
    ? all
    : all.filter((one) => one === "public" || (scopes.includes(one) && one !== "account"));
}

/** Whether somebody may call a route; nobody may call one that the table does not name. */
export function mayCall(permissions: readonly Permission[], method: string, url: string): boolean {
  const needed = permissionOf(method, url);
  return needed !== undefined && permissions.includes(needed);
}

export function permissionOf(method: string, url: string): Permission | undefined {
  return PERMISSIONS[`${method === "HEAD" ? "GET" : method} ${url}`];
}
