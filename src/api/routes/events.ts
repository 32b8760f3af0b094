import type { FastifyReply, FastifyRequest } from "fastify";
import { eventsQuery, problem, type StoredEvent } from "#contract";
import { AppError, VERSION } from "#lib";
import { getEventBounds } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { clientNetwork } from "../client-network.ts";
import type { Subscriber } from "../event-hub.ts";

/** A client that lets so much pile up is closed: it comes back with the last id that it saw. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
const HEARTBEAT_MS = 15_000;
/** Browsers open six at most; behind one address there may be many people. */
const MOST_OF_AN_ADDRESS = 100;

/** The stored events as Server-Sent Events, with the ids of the WebSockets. */
export function registerEventRoutes(app: App, deps: ApiDeps): void {
  const open = new Map<string, number>();
  app.get(
    "/api/v1/events",
    {
      exposeHeadRoute: false,
      schema: {
        summary: "Events as they happen (Server-Sent Events), resumed after Last-Event-ID or since",
        tags: ["streams"],
        produces: ["text/event-stream"],
        querystring: eventsQuery,
        response: { 400: problem, 429: problem },
      },
    },
    async (request, reply) => {
      const address = clientNetwork(request.ip);
      const count = open.get(address) ?? 0;
      if (count >= MOST_OF_AN_ADDRESS) {
        throw new AppError("API_TOO_MANY_STREAMS", `${count} streams are open from this address; close some first`);
      }
      const since = sinceOf(request, request.query.since);
      open.set(address, count + 1);
      const { topics } = request.query;
      const wants = (type: StoredEvent["type"]): boolean =>
        topics === undefined || topics.some((topic) => type.startsWith(`${topic}.`));
      await stream(reply, deps, { wants, since, onClose: () => release(open, address) });
    },
  );
}

function release(open: Map<string, number>, address: string): void {
  const left = (open.get(address) ?? 1) - 1;
  if (left === 0) open.delete(address);
  else open.set(address, left);
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

type Wish = {
  readonly wants: Subscriber["wants"];
  readonly since: number | undefined;
  readonly onClose: () => void;
};

async function stream(reply: FastifyReply, { db, hub, logger }: ApiDeps, wish: Wish): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  const write = (text: string): boolean => {
    if (raw.destroyed || raw.writableEnded) return false;
    if (raw.writableLength > MAX_BUFFERED_BYTES) {
      raw.end();
      return false;
    }
    raw.write(text);
    return true;
  };
  const subscriber: Subscriber = {
    wants: wish.wants,
    deliver: (text, { id, type }) => write(`id: ${id}\nevent: ${type}\ndata: ${text}\n\n`),
  };
  const timer = setInterval(() => write(": still here\n\n"), HEARTBEAT_MS);
  raw.on("error", (error) => logger.debug({ reason: error.message }, "stream client failed"));
  raw.on("close", () => {
    clearInterval(timer);
    hub.unsubscribe(subscriber);
    wish.onClose();
  });
  const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...headers })) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  raw.writeHead(200);
  try {
    const hello = { type: "hello", serverVersion: VERSION, streamId: hub.streamId, lastEventId: hub.lastId };
    write(`retry: 2000\nevent: hello\ndata: ${JSON.stringify(hello)}\n\n`);
    // An event may be in the database before this process has seen it; then `since` can be ahead of us for a moment.
    await hub.poke();
    const { oldest, last } = await getEventBounds(db);
    const { since } = wish;
    const known = since === undefined || (since <= last && since >= (oldest ?? 1) - 1);
    if (!known) write(`event: reset\ndata: ${JSON.stringify({ type: "reset", lastEventId: hub.lastId })}\n\n`);
    await hub.subscribe(subscriber, known && since !== undefined ? since : hub.lastId);
    if (raw.destroyed || raw.writableEnded) hub.unsubscribe(subscriber);
  } catch (error) {
    // The answer has begun, so the client is told by its end, and comes back.
    logger.warn({ err: error }, "a stream could not be resumed");
    raw.end();
  }
}
