import type { WebSocket } from "ws";
import { clientMessage, type ServerMessage, type StoredEvent } from "#contract";
import { VERSION } from "#lib";
import { getEventBounds } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import type { Subscriber } from "../event-hub.ts";

/** A client that lets so much pile up is told and closed, never served stale data in silence. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
const PING_EVERY_MS = 15_000;
const STATUS_EVERY_MS = 1_000;
const MAX_MESSAGE_BYTES = 4_096;
const TOO_SLOW = 4008;
const BAD_MESSAGE = 4400;

/** `/ws/insights` and `/ws/monitoring`: hello, then after `subscribe` the events of the topic, resumed by `since`. */
export function registerStreamRoutes(app: App, deps: ApiDeps): void {
  const isInsightEvent = (type: StoredEvent["type"]): boolean => /^(insight|feedback|brief)[.]/.test(type);
  app.get("/ws/insights", { websocket: true, schema: { hide: true } }, (socket) => {
    openStream(socket, deps, isInsightEvent);
  });
  app.get("/ws/monitoring", { websocket: true, schema: { hide: true } }, (socket, { permissions }) => {
    openStream(socket, deps, (type) => !isInsightEvent(type));
    sendStatus(socket, deps, permissions.includes("monitor"));
  });
}

function openStream(socket: WebSocket, deps: ApiDeps, wants: Subscriber["wants"]): void {
  const subscriber: Subscriber = { wants, deliver: (text) => send(socket, text) };
  let subscribed = false;
  keepAlive(socket);
  socket.on("close", () => deps.hub.unsubscribe(subscriber));
  socket.on("error", (error) => deps.logger.debug({ reason: error.message }, "stream client failed"));
  socket.on("message", (raw) => {
    const text = Buffer.isBuffer(raw) ? raw.toString() : "";
    const message = text.length <= MAX_MESSAGE_BYTES ? parseMessage(text) : undefined;
    if (message === undefined || subscribed) {
      refuse(
        socket,
        subscribed ? "this connection has subscribed already" : 'expected {"type":"subscribe","since":<id>}',
      );
      return;
    }
    subscribed = true;
    subscribe(socket, deps, subscriber, message.since).catch((error: unknown) => {
      deps.logger.warn({ err: error }, "a stream could not be resumed");
      socket.close(1011, "the stream could not be resumed");
    });
  });
  sendMessage(socket, {
    type: "hello",
    serverVersion: VERSION,
    streamId: deps.hub.streamId,
    lastEventId: deps.hub.lastId,
  });
}

async function subscribe(
  socket: WebSocket,
  { db, hub }: ApiDeps,
  subscriber: Subscriber,
  since: number | undefined,
): Promise<void> {
  // An event may be in the database before this process has seen it; then `since` can be ahead of us for a moment.
  await hub.poke();
  const { oldest, last } = await getEventBounds(db);
  const known = since === undefined || (since <= last && since >= (oldest ?? 1) - 1);
  if (!known) sendMessage(socket, { type: "reset", lastEventId: hub.lastId });
  await hub.subscribe(subscriber, known && since !== undefined ? since : hub.lastId);
  if (socket.readyState !== socket.OPEN) hub.unsubscribe(subscriber);
}

function parseMessage(text: string): { since?: number | undefined } | undefined {
  try {
    return clientMessage.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: the caller tells the client what is expected.
    return undefined;
  }
}

function refuse(socket: WebSocket, detail: string): void {
  sendMessage(socket, { type: "error", code: "API_BAD_REQUEST", detail });
  socket.close(BAD_MESSAGE, "bad message");
}

function sendMessage(socket: WebSocket, message: ServerMessage): void {
  send(socket, JSON.stringify(message));
}

function send(socket: WebSocket, text: string): boolean {
  if (socket.readyState !== socket.OPEN) return false;
  if (socket.bufferedAmount > MAX_BUFFERED_BYTES) {
    socket.close(TOO_SLOW, "too slow: reconnect and resume");
    return false;
  }
  socket.send(text);
  return true;
}

function keepAlive(socket: WebSocket): void {
  let answered = true;
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, PING_EVERY_MS);
  socket.on("pong", () => {
    answered = true;
  });
  socket.on("close", () => clearInterval(timer));
}

/** The newest status once a second, and backfills while they change; read once for all clients (see `readStatus`). */
function sendStatus(socket: WebSocket, { readStatus, readBackfills, logger }: ApiDeps, withBackfills: boolean): void {
  let told = "";
  const tell = (): void => {
    readStatus().then(
      (data) => sendMessage(socket, { type: "status", data }),
      (error: unknown) => logger.warn({ err: error }, "the status could not be measured"),
    );
    if (!withBackfills) return;
    readBackfills().then(
      (data) => {
        const text = JSON.stringify({ type: "backfill", data } satisfies ServerMessage);
        if (text !== told) send(socket, text);
        told = text;
      },
      (error: unknown) => logger.warn({ err: error }, "backfills could not be read"),
    );
  };
  const timer = setInterval(tell, STATUS_EVERY_MS);
  socket.on("close", () => clearInterval(timer));
  tell();
}
