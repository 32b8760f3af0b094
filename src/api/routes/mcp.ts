import type { FastifyRequest } from "fastify";
import type { App } from "../app-types.ts";
import type { ReadApi } from "../mcp/mcp-server.ts";

/** The Model Context Protocol over HTTP (Streamable HTTP, without sessions: each request stands alone). */
export function registerMcpRoutes(app: App): void {
  app.post("/mcp", { schema: { hide: true }, config: { onlyReads: true } }, async (request, reply) => {
    // Few ask, and loading it would keep every start waiting.
    const { connectMcp } = await import("../mcp/connect-mcp.ts");
    const { server, transport } = await connectMcp(readAs(app, request));
    try {
      const response = await transport.handleRequest(asWebRequest(request), { parsedBody: request.body });
      void reply.status(response.status).type(response.headers.get("content-type") ?? "application/json");
      return await response.text();
    } finally {
      await server.close();
    }
  });
}

/** By the same handlers as any other request, with what this one shows of who asks. */
function readAs(app: App, { headers, ip }: FastifyRequest): ReadApi {
  const { host, authorization, cookie } = headers;
  const shown = Object.fromEntries(
    Object.entries({ host, authorization, cookie }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  return async (url) => {
    const { statusCode, body } = await app.inject({ method: "GET", url, headers: shown, remoteAddress: ip });
    return { ok: statusCode < 400, text: body };
  };
}

function asWebRequest({ headers, url }: FastifyRequest): Request {
  const { accept = "", "content-type": type = "" } = headers;
  const version = headers["mcp-protocol-version"];
  const told = {
    accept,
    "content-type": type,
    ...(typeof version === "string" && { "mcp-protocol-version": version }),
  };
  // Its origin says nothing: who may ask was decided before.
  return new Request(new URL(url, "http://localhost"), { method: "POST", headers: told, body: "{}" });
}
