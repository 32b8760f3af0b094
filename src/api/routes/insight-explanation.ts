import { z } from "zod";
import { insightExplanation, insightId, problem } from "#contract";
import { findInsight, search } from "#store";
import type { ApiDeps, App } from "../app-types.ts";
import { insightNotFound } from "../insight-not-found.ts";
import { presentExplanation, tenthAround } from "../present-explanation.ts";

export function registerExplanationRoute(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/insights/:id/explanation",
    {
      schema: {
        summary: "Surprise, attribution certainty and confidence of an insight, each with what lies behind it",
        tags: ["insights"],
        params: z.object({ id: insightId }),
        response: { 200: insightExplanation, 400: problem, 404: problem },
      },
    },
    async ({ params: { id } }) => {
      const row = await findInsight(db, id);
      if (row === undefined) throw insightNotFound(id);
      const { kind, confidence } = row;
      const alike = confidence === null ? undefined : await search.countAlike(db, { kind, ...tenthAround(confidence) });
      return presentExplanation(row, alike);
    },
  );
}
