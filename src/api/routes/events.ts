import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { eventsQuery } from "#contract";
import { AppError } from "#lib";
import type { App, ApiDeps } from "../app-types.ts";
import { deniedCodeOf } from "../authorize.ts";
import { topicsOf } from "../permissions.ts";
import { standingOf } from "../standing-of.ts";
import type { Topic } from "../streams/delivery.ts";
import { SseStream } from "../streams/sse-stream.ts";

/** Where none are asked for: all that is stored. */
const STORED_TOPICS: readonly Topic[] = ["insight", "feedback", "brief", "block"];

/** The events of the WebSockets as Server-Sent Events, with the same ids. */
export function registerEventRoutes(app: App, { streams, logger }: ApiDeps): void {
  app.get(
    "/api/v1/events",
    {
      exposeHeadRoute: false,
      schema: {
        summary: "Events as they happen (Server-Sent Events), resumed after Last-Event-ID or since",
        tags: ["streams"],
        produces: ["text/event-stream"],
        querystring: eventsQuery,
        response: {
          200: z
            .string()
            .meta({ description: "`id`, `event` and `data` of each message; ServerMessage is what data holds" }),
        },
      },
    },
    async (request, reply) => {
      const { ip, query } = request;
      const topics = query.topics ?? STORED_TOPICS;
      const denied = topics.filter((topic) => !topicsOf(request.permissions).includes(topic));
      if (denied.length > 0) throw new AppError(deniedCodeOf(request), `you may not hear of: ${denied.join(", ")}`);
      const since = sinceOf(request, query.since);
      await streams.connections.makeRoom(ip, reply.raw);
      // Whoever left while it was found out who asks has closed already, and would be counted for ever.
      if (reply.raw.destroyed) return void reply.hijack();
      beginStream(reply);
      const stream = new SseStream({ response: reply.raw, streams, logger, topics });
      reply.raw.on("close", streams.connections.add(stream, { kind: "sse", standing: standingOf(request.actor) }));
      await stream.subscribe(since);
    },
  );
}

/** A browser that comes back sends the last id by itself, and that counts before the address that it first called. */
function sinceOf({ headers }: FastifyRequest, since: number | undefined): number | undefined {
  const last = headers["last-event-id"];
  if (last === undefined || last === "") return since;
  if (typeof last !== "string" || !/^\d{1,15}$/.test(last)) {
    throw new AppError("API_BAD_REQUEST", "Last-Event-ID is not an id that this server gave out");
  }
  return Number(last);
}

function beginStream(reply: FastifyReply): void {
  reply.hijack();
  const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...headers })) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.writeHead(200);
}
