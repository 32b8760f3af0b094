import type { FastifyReply, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import { AppError } from "#lib";
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
  const preHandler = async ({ ip, raw, ws }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!ws) {
      void reply.header("upgrade", "websocket");
      throw new AppError("API_UPGRADE_REQUIRED", "this is a WebSocket; /api/v1/events is the same without");
    }
    await connections.makeRoom(ip, raw.socket);
  };
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
