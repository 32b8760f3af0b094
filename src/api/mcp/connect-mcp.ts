import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { createMcpServer, type ReadApi } from "./mcp-server.ts";

/** A server for one request over HTTP, which is answered whole. */
export async function connectMcp(read: ReadApi) {
  const server = createMcpServer(read);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  return { server, transport };
}
