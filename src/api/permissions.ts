/** Who may call what: the only such table. A route that is not in it keeps the server from starting. */
type Permission = "guest" | "operator";

/** What each role may do. */
const GRANTS = {
  guest: ["guest"],
  operator: ["guest", "operator"],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

type Role = keyof typeof GRANTS;

const PERMISSIONS: Readonly<Record<string, Permission>> = {
  "GET /": "guest",
  "GET /dashboard": "guest",
  "GET /blocks": "guest",
  "GET /blocks/:height": "guest",
  "GET /mempool": "guest",
  "GET /entities": "guest",
  "GET /entities/:actor": "guest",
  "GET /scorecard": "guest",
  "GET /series/:name": "guest",
  "GET /transactions/:txid": "guest",
  "GET /assets/*": "guest",
  "GET /favicon.svg": "guest",
  "GET /livez": "guest",
  "GET /readyz": "guest",
  "GET /api/v1/openapi.json": "guest",
  "GET /api/v1/insights": "guest",
  "GET /api/v1/insights/facets": "guest",
  "GET /api/v1/insights/latest": "guest",
  "GET /api/v1/insights/export": "guest",
  "GET /api/v1/insights/:id": "guest",
  "GET /insights/:id": "guest",
  "GET /api/v1/insights/:id/picture.svg": "guest",
  "GET /api/v1/insights/:id/picture.png": "guest",
  "GET /api/v1/insights/:id/related": "guest",
  "GET /api/v1/insights/:id/outcome": "guest",
  "GET /api/v1/insights/:id/bundle": "guest",
  "GET /api/v1/briefs": "guest",
  "GET /api/v1/briefs/:date": "guest",
  "GET /api/v1/briefs/:date.md": "guest",
  "GET /api/v1/briefs/:date.html": "guest",
  "GET /api/v1/briefs/:date/pictures/:number.svg": "guest",
  "GET /api/v1/briefs/:date/pictures/:number.png": "guest",
  "GET /briefs": "guest",
  "GET /briefs/:date": "guest",
  "GET /feeds/insights.atom": "guest",
  "GET /feeds/briefs.atom": "guest",
  "GET /api/v1/forecasts": "guest",
  "GET /api/v1/scorecard": "guest",
  "GET /api/v1/tip": "guest",
  "GET /api/v1/blocks": "guest",
  "GET /api/v1/blocks/:block": "guest",
  "GET /api/v1/transfers": "guest",
  "GET /api/v1/transactions/:txid": "guest",
  "GET /api/v1/pools": "guest",
  "GET /api/v1/entities": "guest",
  "GET /api/v1/entities/:actor/flows": "guest",
  "GET /api/v1/metrics": "guest",
  "GET /api/v1/series/:metric": "guest",
  "GET /api/v1/mempool": "guest",
  "GET /api/v1/mempool/history": "guest",
  "GET /api/v1/fees/recommended": "guest",
  "GET /api/v1/monitoring/status": "guest",
  "GET /api/v1/monitoring/backfill": "guest",
  "GET /api/v1/monitoring/backfill/:id": "guest",
  "POST /api/v1/monitoring/backfill": "operator",
  "POST /api/v1/monitoring/backfill/:id/:change": "operator",
  "GET /api/v1/monitoring/metrics/system": "guest",
  "GET /api/v1/monitoring/metrics/signals": "guest",
  "GET /api/v1/monitoring/metrics/insights": "guest",
  "GET /api/v1/events": "guest",
  "GET /ws/insights": "guest",
  "GET /ws/monitoring": "guest",
  "POST /mcp": "guest",
  "GET /api/blocks": "guest",
  "GET /api/blocks/:height": "guest",
  "GET /api/blocks/tip/height": "guest",
  "GET /api/blocks/tip/hash": "guest",
  "GET /api/block-height/:height": "guest",
  "GET /api/block/:hash": "guest",
  "GET /api/block/:hash/status": "guest",
  "GET /api/mempool": "guest",
  "GET /api/fee-estimates": "guest",
  "GET /operator": "guest",
  "GET /api/v1/session": "guest",
  "DELETE /api/v1/session": "guest",
  "GET /api/v1/audit": "operator",
  "GET /api/v1/feedback/stats": "guest",
  "GET /api/v1/feedback/insights/:id/stats": "guest",
  "POST /api/v1/feedback/insights/:id/rate": "guest",
  "DELETE /api/v1/feedback/insights/:id/rate": "guest",
  "POST /api/v1/feedback/insights/:id/comment": "guest",
  "GET /api/v1/feedback/insights/:id/comments": "guest",
  "POST /api/v1/feedback/insights/:id/flag": "guest",
  "GET /api/v1/feedback/moderation": "operator",
  "POST /api/v1/feedback/comments/:commentId/hide": "operator",
};

export function listPermissions(): readonly (readonly [route: string, permission: Permission])[] {
  return Object.entries(PERMISSIONS);
}

export function permissionsOf(role: Role): readonly Permission[] {
  return GRANTS[role];
}

/** Whether a role may call a route; nobody may call one that the table does not name. */
export function mayCall(role: Role, method: string, url: string): boolean {
  const needed = permissionOf(method, url);
  return needed !== undefined && permissionsOf(role).includes(needed);
}

export function permissionOf(method: string, url: string): Permission | undefined {
  return PERMISSIONS[`${method === "HEAD" ? "GET" : method} ${url}`];
}
