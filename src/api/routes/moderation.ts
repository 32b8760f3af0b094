import { z } from "zod";
import { hideBody, moderationList, moderationQuery, problem } from "#contract";
import { AppError } from "#lib";
import { feedback } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { auditBasics } from "../audit-basics.ts";
import { authorOf, presentComment } from "../present-feedback.ts";

const tags = ["feedback"];

/** What the operator looks at, and hides. */
export function registerModerationRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/feedback/moderation",
    {
      schema: {
        summary: "The newest flags and comments, hidden ones among them",
        tags,
        querystring: moderationQuery,
        response: { 200: moderationList, 400: problem, 401: problem },
      },
    },
    async ({ query, actor }) => {
      const { flags, comments } = await feedback.listModeration(db, query.limit);
      return {
        flags: flags.map(({ personId, at, ...flag }) => ({
          ...flag,
          at: at.toISOString(),
          author: authorOf(personId),
        })),
        comments: comments.map((row) => presentComment(row, actor.personId)),
      };
    },
  );
  app.post(
    "/api/v1/feedback/comments/:commentId/hide",
    {
      schema: {
        summary: "Hide a comment, or show it again",
        tags,
        params: z.object({
          commentId: z.coerce
            .number()
            .int()
            .positive()
            .max(Number.MAX_SAFE_INTEGER)
            .meta({ description: "Of the comment" }),
        }),
        body: hideBody,
        response: { 204: z.null(), 400: problem, 401: problem, 404: problem },
      },
    },
    async (request, reply) => {
      const { commentId } = request.params;
      const { hidden, reason } = request.body;
      const known = await feedback.hideComment(db, {
        commentId,
        hidden,
        reason: reason ?? null,
        by: auditBasics(request),
      });
      if (!known) throw new AppError("API_COMMENT_NOT_FOUND", `there is no comment ${commentId}`);
      return reply.status(204).send(null);
    },
  );
}
