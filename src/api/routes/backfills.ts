import { z } from "zod";
import { backfillChange, backfillDetail, backfillJob, backfillList, problem, startBackfill } from "#contract";
import { backfill } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { auditBasics } from "../audit-basics.ts";
import { listBackfills, presentBackfill } from "../present-backfill.ts";

const SHOWN_ERRORS = 20;

const jobId = z.coerce.number().int().positive().max(2_147_483_647).meta({ description: "Of the backfill" });

/** Older blocks: what was asked for, how far it is, and what is to become of it. */
export function registerBackfillRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/monitoring/backfill",
    {
      schema: {
        summary: "Backfills and how far they are, newest first",
        tags: ["monitoring"],
        response: { 200: backfillList, 503: problem },
      },
    },
    () => {
      return listBackfills(db);
    },
  );

  app.post(
    "/api/v1/monitoring/backfill",
    {
      config: { idempotent: true },
      schema: {
        summary: "Read older blocks, or stored ones anew",
        tags: ["monitoring"],
        body: startBackfill,
        response: { 201: backfillJob, 400: problem, 401: problem, 503: problem },
      },
    },
    async (request, reply) => {
      const { from, to, only = null } = request.body;
      const range = {
        fromHeight: from,
        toHeight: to,
        only,
        askedBy: request.actor.role === "operator" ? "the operator" : "an administrator",
      };
      const job = await backfill.askJob(db, range, auditBasics(request));
      return reply.status(201).send(presentBackfill(job));
    },
  );

  app.get(
    "/api/v1/monitoring/backfill/:id",
    {
      schema: {
        summary: "One backfill with what failed last",
        tags: ["monitoring"],
        params: z.object({ id: jobId }),
        response: { 200: backfillDetail, 400: problem, 404: problem, 503: problem },
      },
    },
    async ({ params: { id } }) => {
      const job = presentBackfill(await backfill.getJob(db, id));
      const errors = await backfill.listErrors(db, id, SHOWN_ERRORS);
      return { ...job, errors: errors.map((error) => ({ ...error, at: error.at.toISOString() })) };
    },
  );

  app.post(
    "/api/v1/monitoring/backfill/:id/:change",
    {
      schema: {
        summary: "Pause, resume, cancel or retry a backfill",
        tags: ["monitoring"],
        params: z.object({ id: jobId, change: backfillChange }),
        response: { 200: backfillJob, 400: problem, 401: problem, 404: problem, 409: problem, 503: problem },
      },
    },
    (request) => {
      const { id, change } = request.params;
      return backfill.changeJob(db, { id, change, by: auditBasics(request) }).then(presentBackfill);
    },
  );
}
