import { z } from "zod";
import { problem } from "#contract";
import type { App, ApiDeps } from "../app-types.ts";
import { openTelemetry } from "../telemetry/telemetry.ts";

export function registerTelemetry(app: App, { streams, readStatus, answers }: ApiDeps): void {
  const registry = openTelemetry({ app, streams, readStatus, answers });
  app.get(
    "/metrics",
    {
      schema: {
        operationId: "getPrometheusMetrics",
        summary: "What this process counts and measures, for Prometheus",
        tags: ["monitoring"],
        produces: ["text/plain"],
        response: { 200: z.string(), 401: problem },
      },
    },
    async (_request, reply) => {
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
}
