import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { messageOf, VERSION } from "#lib";
import { type Given, type Tool, TOOLS } from "./tools.ts";

/** The API's answer to a path. */
export type ReadApi = (path: string) => Promise<{ readonly ok: boolean; readonly text: string }>;

const INSTRUCTIONS = [
  "utxoIQ tells what happens on the Bitcoin chain, from blocks that its operator's own node gave.",
  "Amounts are integers in satoshis, times ISO-8601 UTC.",
  "Cite what you say by insight id, block height or txid. Confidence is the share of like claims that came true; null means that nobody knows yet.",
  "Where `simulated` is true, the network is made up: say so. It gives no advice.",
].join(" ");

/** A server of the Model Context Protocol whose tools read the API, each one address of it. */
export function createMcpServer(read: ReadApi): McpServer {
  const server = new McpServer({ name: "utxoiq", version: VERSION }, { instructions: INSTRUCTIONS });
  for (const tool of TOOLS) {
    const { name, title, description, input } = tool;
    const annotations = { readOnlyHint: true, openWorldHint: false };
    server.registerTool(name, { title, description, inputSchema: input, annotations }, (given: Given) =>
      answer(tool, { given, read }),
    );
  }
  return server;
}

type Asked = { readonly given: Given; readonly read: ReadApi };

/** A refusal is told as the tool's answer, in the API's words, so that the assistant can ask otherwise. */
async function answer(tool: Tool, { given, read }: Asked) {
  try {
    const { ok, text } = await read(tool.pathOf(given));
    return { content: [{ type: "text" as const, text }], isError: !ok };
  } catch (error) {
    return { content: [{ type: "text" as const, text: messageOf(error) }], isError: true };
  }
}
