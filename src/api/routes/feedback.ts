import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  comment,
  commentBody,
  commentList,
  feedback as feedbackOfInsight,
  feedbackList,
  flagBody,
  insightId,
  listCommentsQuery,
  listFeedbackQuery,
  problem,
  rateBody,
} from "#contract";
import { invariant } from "#lib";
import { type Database, feedback, findInsight } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { auditBasics } from "../audit-basics.ts";
import { insightNotFound } from "../insight-not-found.ts";
import { decodePageToken, nextPageUrl, pageOf } from "../page-token.ts";
import { presentComment, presentFeedback } from "../present-feedback.ts";
import { needPerson } from "../session-cookies.ts";

const tags = ["feedback"];
const params = z.object({ id: insightId });
const said = { 200: feedbackOfInsight, 400: problem, 403: problem, 404: problem, 429: problem };

/** What people say of insights: stars, comments, flags, and what all of them said together. */
export function registerFeedbackRoutes(app: App, deps: ApiDeps): void {
  registerReading(app, deps);
  registerRating(app, deps);
  registerComments(app, deps);
  const { db } = deps;
  const authorOf = authorWith(deps);
  app.post(
    "/api/v1/feedback/insights/:id/flag",
    {
      config: { idempotent: true },
      schema: { summary: "Say what is wrong with an insight", tags, params, body: flagBody, response: said },
    },
    async (request, reply) => {
      const { id: insightId } = request.params;
      const { reason, details } = request.body;
      const by = authorOf(request, reply);
      const stats = await feedback.saveFlag(db, { insightId, by, reason, details: details ?? null });
      if (stats === undefined) throw insightNotFound(insightId);
      return withOwn(db, [stats], by.personId).then(one);
    },
  );
}

function registerReading(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/feedback/stats",
    {
      schema: {
        summary: "What people said of several insights, and what you said",
        tags,
        querystring: listFeedbackQuery,
        response: { 200: feedbackList, 400: problem },
      },
    },
    async ({ query: { ids }, actor }) => {
      return { feedback: await withOwn(db, await feedback.readStats(db, ids), actor.personId) };
    },
  );
  app.get(
    "/api/v1/feedback/insights/:id/stats",
    { schema: { summary: "What people said of an insight, and what you said", tags, params, response: said } },
    async ({ params: { id }, actor }) => {
      if ((await findInsight(db, id)) === undefined) throw insightNotFound(id);
      return withOwn(db, await feedback.readStats(db, [id]), actor.personId).then(one);
    },
  );
}

function registerRating(app: App, deps: ApiDeps): void {
  const authorOf = authorWith(deps);
  const rate = async (request: FastifyRequest, reply: FastifyReply, rating: { id: string; stars: number | null }) => {
    const by = authorOf(request, reply);
    const stats = await feedback.saveRating(deps.db, { insightId: rating.id, by, stars: rating.stars });
    if (stats === undefined) throw insightNotFound(rating.id);
    return withOwn(deps.db, [stats], by.personId).then(one);
  };
  const path = "/api/v1/feedback/insights/:id/rate";
  app.post(
    path,
    { schema: { summary: "Give one to five stars, once a person", tags, params, body: rateBody, response: said } },
    (request, reply) => rate(request, reply, { id: request.params.id, stars: request.body.stars }),
  );
  app.delete(path, { schema: { summary: "Withdraw your stars", tags, params, response: said } }, (request, reply) =>
    rate(request, reply, { id: request.params.id, stars: null }),
  );
}

function registerComments(app: App, deps: ApiDeps): void {
  const { db } = deps;
  const authorOf = authorWith(deps);
  app.post(
    "/api/v1/feedback/insights/:id/comment",
    {
      config: { idempotent: true },
      schema: {
        summary: "Comment on an insight, in plain text",
        tags,
        params,
        body: commentBody,
        response: { 201: comment, 400: problem, 403: problem, 404: problem, 429: problem },
      },
    },
    async (request, reply) => {
      const { id: insightId } = request.params;
      const by = authorOf(request, reply);
      const saved = await feedback.saveComment(db, { insightId, by, text: request.body.text });
      if (saved === undefined) throw insightNotFound(insightId);
      return reply.status(201).send(presentComment(saved, by.personId));
    },
  );
  app.get(
    "/api/v1/feedback/insights/:id/comments",
    {
      schema: {
        summary: "Comments on an insight, newest first",
        tags,
        params,
        querystring: listCommentsQuery,
        response: { 200: commentList, 400: problem, 404: problem },
      },
    },
    async ({ params: { id }, query, actor, permissions }) => {
      if ((await findInsight(db, id)) === undefined) throw insightNotFound(id);
      const before = query.pageToken === undefined ? undefined : decodePageToken(query.pageToken);
      const asked = { insightId: id, withHidden: permissions.includes("moderate"), limit: query.pageSize + 1, before };
      const { page, nextPageToken } = pageOf(await feedback.listComments(db, asked), query.pageSize, (row) => row.id);
      return {
        comments: page.map((row) => presentComment(row, actor.personId)),
        nextPageToken,
        nextPageUrl: nextPageUrl(`/api/v1/feedback/insights/${id}/comments`, query, nextPageToken),
      };
    },
  );
}

/** Who says it; a person from now on, if nobody before. */
function authorWith({ secrets }: ApiDeps): (request: FastifyRequest, reply: FastifyReply) => feedback.Author {
  return (request, reply) => ({ ...auditBasics(request), personId: needPerson({ request, reply, secrets }) });
}

async function withOwn(db: Database, stats: readonly feedback.FeedbackStats[], personId: string | null) {
  const insightIds = stats.map(({ insightId }) => insightId);
  const own = personId === null ? [] : await feedback.readOwnFeedback(db, { insightIds, personId });
  return stats.map((one, index) => presentFeedback(one, own[index]));
}

function one<T>([first]: readonly T[]): T {
  invariant(first !== undefined, "an insight has feedback, if only none");
  return first;
}
