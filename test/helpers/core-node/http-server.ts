import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { answerInstead, type Fault, type FaultQueue, sendHalf, spoil } from "./faults.ts";
import { answerRpc, calledMethods, type HttpAnswer } from "./json-rpc.ts";
import type { NodeState } from "./node-state.ts";
import { answerRest, nothing, restRouteOf } from "./rest-routes.ts";

export type HttpLog = { readonly asked: string[]; httpRequests: number; connections: number };

type HttpNode = {
  readonly state: NodeState;
  readonly faults: FaultQueue;
  readonly log: HttpLog;
  readonly login: { readonly user: string; readonly password: string };
};

/** `-rpcservertimeout` */
const KEEP_ALIVE_MS = 30_000;

export function openHttpServer(node: HttpNode): { readonly server: Server; close(): Promise<void> } {
  const stopping = new AbortController();
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    response.on("error", () => gone.abort());
    const signal = AbortSignal.any([stopping.signal, gone.signal]);
    handle(node, request, response, signal).catch((error: unknown) => response.destroy(error as Error));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on("connection", () => (node.log.connections += 1));
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  node: HttpNode,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const body = await readBody(request);
  const url = request.url ?? "/";
  const isRest = url.startsWith("/rest/");
  const methods = isRest ? [restRouteOf(url.split("?")[0] ?? url)] : calledMethods(body);
  node.log.asked.push(...methods);
  node.log.httpRequests += 1;
  const fault = node.faults.take(methods);
  if (fault?.kind === "silent") return;
  if (fault?.kind === "reset") {
    request.socket.resetAndDestroy();
    return;
  }
  if (fault?.kind === "slow") await delay(fault.durationMs ?? 1_000, undefined, { signal }).catch(() => undefined);
  const replaceId = fault?.kind === "other-id" ? "of another call" : undefined;
  const answer =
    (fault && answerInstead(fault)) ??
    (isRest ? answerRest(url, node.state) : await answerRoot(node, request, { body, signal, replaceId }));
  if (!signal.aborted) send(response, fault === undefined ? answer : spoil(answer, fault), fault);
}

type RootOptions = { readonly body: string; readonly signal: AbortSignal; readonly replaceId: string | undefined };

async function answerRoot(node: HttpNode, request: IncomingMessage, options: RootOptions): Promise<HttpAnswer> {
  if (request.url !== "/" && !request.url?.startsWith("/wallet/")) return nothing();
  const type = "text/html; charset=ISO-8859-1";
  if (request.method !== "POST") return { status: 405, type, body: "JSONRPC server handles only POST requests" };
  const { user, password } = node.login;
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  if (request.headers.authorization !== expected) return { status: 401, type, body: "" };
  return answerRpc(options.body, node.state, options);
}

function send(response: ServerResponse, { status, type, body }: HttpAnswer, fault: Fault | undefined): void {
  const bytes = Buffer.from(body);
  const challenge = status === 401 ? { "WWW-Authenticate": 'Basic realm="jsonrpc"' } : {};
  response.writeHead(status, { "Content-Type": type, "Content-Length": bytes.length, ...challenge });
  if (fault?.kind === "half-body") sendHalf(response, bytes);
  else response.end(bytes);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}
