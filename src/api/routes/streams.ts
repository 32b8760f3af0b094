import type { FastifyReply, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import type { App, ApiDeps } from "../app-types.ts";
import { deniedCodeOf } from "../authorize.ts";
import { topicsOf } from "../permissions.ts";
import { standingOf } from "../standing-of.ts";
import type { Topic } from "../streams/delivery.ts";
import { SocketStream } from "../streams/socket-stream.ts";

/** What a client gets that asks for no topics. */
const TOPICS: Readonly<Record<string, readonly Topic[]>> = {
  "/ws/insights": ["insight", "feedback", "brief"],
  "/ws/monitoring": ["block", "status", "backfill"],
};

/** Live streams: hello, then after `subscribe` what was asked for, resumed by `since`. */
export function registerStreamRoutes(app: App, deps: ApiDeps): void {
  const { connections } = deps.streams;
  const preHandler = ({ ip, raw, headers }: FastifyRequest, reply: FastifyReply): Promise<void> =>
    // What is no upgrade is answered, and refused, over a connection that others may use after it.
    connections.makeRoom(ip, headers.upgrade === undefined ? reply.raw : raw.socket);
  for (const [path, topics] of Object.entries(TOPICS)) {
    app.get(path, { websocket: true, schema: { hide: true }, preHandler }, (socket, request) =>
      openStream(socket, request, { deps, topics, allowed: topicsOf(request.permissions) }),
    );
  }
}

type Opening = { readonly deps: ApiDeps; readonly topics: readonly Topic[]; readonly allowed: readonly Topic[] };

function openStream(
  socket: WebSocket,
  request: FastifyRequest,
  { deps: { streams, logger }, topics, allowed }: Opening,
) {
  // The one that the plugin has set keeps the whole request in memory for as long as the stream is open.
  socket.removeAllListeners("error");
  const stream = new SocketStream({ socket, streams, logger, topics, allowed, deniedCode: deniedCodeOf(request) });
  socket.on("close", streams.connections.add(stream, { kind: "websocket", standing: standingOf(request.actor) }));
}
