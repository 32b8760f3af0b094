import { once } from "node:events";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { messageOf, untilAborted } from "#lib";
import { createMcpServer, type ReadApi } from "./mcp-server.ts";

const ANSWER_WITHIN_MS = 15_000;

/**
 * Speaks the Model Context Protocol on standard input and output until the input ends; what is asked is read from a
 * running server.
 * @param url of that server, such as `http://localhost:3000`
 */
export async function serveMcp(url: string, signal: AbortSignal): Promise<void> {
  const server = createMcpServer(readFrom(url, signal));
  const closed = once(process.stdin, "end");
  await server.connect(new StdioServerTransport());
  await Promise.race([closed, untilAborted(signal)]);
  await server.close();
}

function readFrom(url: string, signal: AbortSignal): ReadApi {
  return async (path) => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    try {
      const response = await fetch(new URL(path, url), { signal: within });
      return { ok: response.ok, text: await response.text() };
    } catch (error) {
      const text = `No utxoIQ server answers at ${url} (${messageOf(error)}); start it with utxoiq start, or name another with --url.`;
      return { ok: false, text };
    }
  };
}
