import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { problem } from "#contract";
import { type FeedBrief, type FeedPlaces, idsOfBrief, writeBriefFeed, writeInsightFeed } from "#insights";
import { AppError } from "#lib";
import {
  type Database,
  findChain,
  listBriefs,
  listFeedInsights,
  readStandings,
  type StandingAt,
  type StoredBrief,
} from "#store";
import type { App, ApiDeps } from "../app-types.ts";

const MOST_INSIGHTS = 50;
const MOST_BRIEFS = 30;

const ATOM = "application/atom+xml; charset=utf-8";

/** Atom feeds: what is new, and what was taken back, under ids that never change. */
export function registerFeedRoutes(app: App, { db }: ApiDeps): void {
  const schema = { tags: ["feeds"], produces: ["application/atom+xml"], response: { 200: z.string(), 503: problem } };
  app.get(
    "/feeds/insights.atom",
    { schema: { ...schema, summary: "The newest insights as an Atom feed" } },
    async (request, reply) => {
      const places = await placesOf(db, request);
      const insights = await listFeedInsights(db, MOST_INSIGHTS);
      const text = writeInsightFeed(
        insights.map((insight) => ({ ...insight, updatedAt: secondsOf(insight.changedAt) })),
        places,
      );
      return reply.type(ATOM).send(text);
    },
  );
  app.get(
    "/feeds/briefs.atom",
    { schema: { ...schema, summary: "The newest briefs as an Atom feed" } },
    async (request, reply) => {
      const places = await placesOf(db, request);
      const briefs = await listBriefs(db, { limit: MOST_BRIEFS });
      const standings = await readStandings(db, briefs.flatMap(idsOfBrief));
      return reply.type(ATOM).send(
        writeBriefFeed(
          briefs.map((stored) => feedBriefOf(stored, standings)),
          places,
        ),
      );
    },
  );
}

/** A brief is news again when something in it is retracted. */
function feedBriefOf(stored: StoredBrief, standings: ReadonlyMap<string, StandingAt>): FeedBrief {
  const retractions = stored.brief.items.flatMap(({ insight }) => {
    const standing = standings.get(insight.id);
    return standing?.status === "retracted" ? [secondsOf(standing.at)] : [];
  });
  return { dated: stored, standings, updatedAt: Math.max(secondsOf(stored.at), ...retractions) };
}

async function placesOf(db: Database, { protocol, host }: FastifyRequest): Promise<FeedPlaces> {
  const chain = await findChain(db);
  if (chain === undefined) throw new AppError("API_NOT_READY", "no chain is stored yet");
  return { ...chain, baseUrl: `${protocol}://${host}` };
}

function secondsOf(date: Date): number {
  return date.getTime() / 1_000;
}
