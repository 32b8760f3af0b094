import { auditList, listAuditQuery, problem } from "#contract";
import { access } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { decodePageToken, nextPageUrl, pageOf } from "../page-token.ts";

export function registerAuditRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/audit",
    {
      schema: {
        summary: "Who changed what, newest first",
        tags: ["administration"],
        querystring: listAuditQuery,
        response: { 200: auditList, 400: problem, 401: problem },
      },
    },
    async ({ query }, reply) => {
      const before = query.pageToken === undefined ? undefined : decodePageToken(query.pageToken);
      const rows = await access.listAudit(db, { limit: query.pageSize + 1, before });
      const { page, nextPageToken } = pageOf(rows, query.pageSize, ({ id }) => id);
      void reply.header("cache-control", "no-store");
      return {
        entries: page.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
        nextPageToken,
        nextPageUrl: nextPageUrl("/api/v1/audit", query, nextPageToken),
      };
    },
  );
}
