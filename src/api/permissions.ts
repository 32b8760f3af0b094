/** Who may call what: the only such table. A route that is not in it keeps the server from starting. */
export type Permission = "guest";

const PERMISSIONS: Readonly<Record<string, Permission>> = {
  "GET /": "guest",
  "GET /dashboard": "guest",
  "GET /assets/*": "guest",
  "GET /favicon.svg": "guest",
  "GET /livez": "guest",
  "GET /readyz": "guest",
  "GET /api/v1/openapi.json": "guest",
  "GET /api/v1/insights": "guest",
  "GET /api/v1/insights/:id": "guest",
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
  "GET /api/v1/monitoring/status": "guest",
  "GET /ws/insights": "guest",
  "GET /ws/monitoring": "guest",
};

export function permissionOf(method: string, url: string): Permission | undefined {
  return PERMISSIONS[`${method === "HEAD" ? "GET" : method} ${url}`];
}
