import { auditList, denialList, listAuditQuery, listDenialsQuery, problem } from "#contract";
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
    async ({ query }) => {
      const { pageSize, pageToken, from, to, ...rest } = query;
      const before = pageToken === undefined ? undefined : decodePageToken(pageToken);
      const times = { from: dateOf(from), to: dateOf(to) };
      const rows = await access.listAudit(db, { ...rest, ...times, limit: pageSize + 1, before });
      const { page, nextPageToken } = pageOf(rows, query.pageSize, ({ id }) => id);
      return {
        entries: page.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
        nextPageToken,
        nextPageUrl: nextPageUrl("/api/v1/audit", query, nextPageToken),
      };
    },
  );
  app.get(
    "/api/v1/audit/denials",
    {
      schema: {
        summary: "Who was refused what, counted by the hour, the latest first",
        tags: ["administration"],
        querystring: listDenialsQuery,
        response: { 200: denialList, 400: problem, 401: problem },
      },
    },
    async ({ query: { pageSize, address } }) => {
      const denials = await access.listDenials(db, { limit: pageSize, address });
      return {
        denials: denials.map(({ firstAt, lastAt, ...rest }) => ({
          ...rest,
          firstAt: firstAt.toISOString(),
          lastAt: lastAt.toISOString(),
        })),
      };
    },
  );
}

function dateOf(iso: string | undefined): Date | undefined {
  return iso === undefined ? undefined : new Date(iso);
}
