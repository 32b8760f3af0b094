import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { problem } from "#contract";
import { changeOf, type FeedBrief, type FeedPlaces, idsOfBrief, toldInBrief } from "#insights";
import { writeBriefFeed, writeInsightFeed } from "#insights";
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

/** A brief is news again when something in it is retracted, or told anew of another block. */
function feedBriefOf(stored: StoredBrief, standings: ReadonlyMap<string, StandingAt>): FeedBrief {
  const changes = toldInBrief(stored).flatMap((told) => changeOf(told, standings) ?? []);
  const times = [stored.at, ...changes.map(({ at }) => at)].map(secondsOf);
  return { dated: stored, standings, updatedAt: Math.max(...times) };
}

async function placesOf(db: Database, { protocol, host }: FastifyRequest): Promise<FeedPlaces> {
  const chain = await findChain(db);
  if (chain === undefined) throw new AppError("API_NOT_READY", "no chain is stored yet");
  return { ...chain, baseUrl: `${protocol}://${host}` };
}

function secondsOf(date: Date): number {
  return date.getTime() / 1_000;
}
