import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

type Asked = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** What the server says next: a text of the model, a status of its own, bytes as they are, or nothing for a while. */
export type ChatReply =
  | { readonly content: string }
  | { readonly status: number; readonly body?: string; readonly location?: string }
  | { readonly afterMs: number };

/** A server that speaks OpenAI's chat completions, and says what a test wants it to. */
export class ChatServer {
  readonly asked: Asked[] = [];
  /** Told of what is asked. */
  reply: (asked: Asked) => ChatReply = () => ({ status: 500 });
  readonly #server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const asked = {
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(pieces).toString("utf8"),
      };
      this.asked.push(asked);
      const reply = this.reply(asked);
      if ("afterMs" in reply) {
        response.writeHead(200, { "content-type": "application/json" });
        response.write("{");
        setTimeout(() => response.end("}"), reply.afterMs).unref();
        return;
      }
      if ("status" in reply) {
        response.writeHead(reply.status, {
          "content-type": "application/json",
          ...(reply.location === undefined ? {} : { location: reply.location }),
        });
        response.end(reply.body ?? JSON.stringify({ error: { message: "the server's own words" } }));
        return;
      }
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(completion(reply.content)));
    });
  });

  /** Closed when the calling test file is done. */
  static async start(): Promise<ChatServer> {
    const server = new ChatServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    afterAll(() => server.stop());
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** 300 tokens of prompt and 50 of reply. */
function completion(content: string): unknown {
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "made-up",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 300, completion_tokens: 50, total_tokens: 350 },
  };
}
