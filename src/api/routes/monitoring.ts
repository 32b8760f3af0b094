import { liveness, monitoringStatus, readiness } from "#contract";
import { statusOf } from "../errors.ts";
import type { App, ApiDeps } from "../app-types.ts";
import { checkReadiness } from "../readiness.ts";

export function registerMonitoringRoutes(app: App, { db, readStatus }: ApiDeps): void {
  app.get(
    "/api/v1/monitoring/status",
    {
      config: { remembered: "while it is read" },
      schema: {
        summary: "State of every component, measured",
        tags: ["monitoring"],
        response: { 200: monitoringStatus },
      },
    },
    () => readStatus(),
  );

  app.get(
    "/livez",
    { schema: { summary: "The process answers", tags: ["monitoring"], response: { 200: liveness } } },
    async () => ({ status: "ok" as const }),
  );

  app.get(
    "/readyz",
    {
      schema: {
        summary: "Whether requests can be served, check by check",
        tags: ["monitoring"],
        response: { 200: readiness, 503: readiness },
      },
    },
    async (_request, reply) => {
      const result = await checkReadiness(db);
      return reply.status(result.ready ? 200 : (statusOf("API_NOT_READY") as 503)).send(result);
    },
  );
}
