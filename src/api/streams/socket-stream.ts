import type { WebSocket } from "ws";
import { clientMessage, type ClientMessage, type ServerMessage } from "#contract";
import { type Logger, messageOf, VERSION } from "#lib";
import { MAX_BUFFERED_BYTES, untilDrained } from "./backlog.ts";
import type { Ending } from "./connections.ts";
import type { Delivery, Topic } from "./delivery.ts";
import type { Subscriber } from "./event-hub.ts";
import type { Streams } from "./streams.ts";

const TOO_SLOW = 4008;
const BAD_MESSAGE = 4400;
const REVOKED = 4401;
const SILENT = 4408;

type SocketStreamOptions = {
  readonly socket: WebSocket;
  readonly streams: Streams;
  readonly logger: Logger;
  /** Where the client asks for none. */
  readonly topics: readonly Topic[];
  /** What the client may hear. */
  readonly allowed: readonly Topic[];
  /** Told of the rest. */
  readonly deniedCode: string;
};

/** One client of a WebSocket: it is greeted, says once what it wants, and gets that until it leaves. */
export class SocketStream implements Subscriber {
  readonly #socket: WebSocket;
  readonly #streams: Streams;
  readonly #logger: Logger;
  readonly #allowed: readonly Topic[];
  readonly #deniedCode: string;
  #topics: readonly Topic[];
  #hasSubscribed = false;
  #hasAnswered = true;
  #wasPinged = false;

  constructor({ socket, streams, logger, topics, allowed, deniedCode }: SocketStreamOptions) {
    this.#socket = socket;
    this.#streams = streams;
    this.#logger = logger;
    this.#allowed = allowed;
    this.#deniedCode = deniedCode;
    this.#topics = topics.filter((topic) => allowed.includes(topic));
    socket.on("pong", () => (this.#hasAnswered = true));
    socket.on("close", () => this.#leave());
    socket.on("error", (error) => logger.debug({ reason: error.message }, "stream client failed"));
    socket.on("message", (raw) => this.#receive(Buffer.isBuffer(raw) ? raw.toString() : ""));
    const { streamId, lastId: lastEventId } = streams.hub;
    this.#tell({ type: "hello", serverVersion: VERSION, streamId, lastEventId });
  }

  wants(topic: Topic): boolean {
    return this.#topics.includes(topic);
  }

  deliver(delivery: Delivery): boolean {
    return this.#send(delivery.frame);
  }

  reset(lastEventId: number): void {
    this.#tell({ type: "reset", lastEventId });
  }

  drained(): Promise<boolean> {
    return untilDrained({ isOpen: () => this.#isOpen, waiting: () => this.#socket.bufferedAmount });
  }

  /** Asks whether the client is still there. One that did not answer the last time is gone; one that wants nothing goes. */
  ping(): void {
    // What is being closed was counted, and ends by itself.
    if (!this.#isOpen) return;
    if (!this.#hasAnswered) {
      this.#streams.connections.closedFor("silent");
      this.#socket.terminate();
      return;
    }
    if (this.#wasPinged && !this.#hasSubscribed) {
      this.#streams.connections.closedFor("silent");
      this.#socket.close(SILENT, "nothing was subscribed to");
      return;
    }
    this.#wasPinged = true;
    this.#hasAnswered = false;
    this.#socket.ping();
  }

  /** Says why; where the server stops, a client comes back. */
  end(why: Ending): void {
    if (why === "stop") this.#socket.close(1001, "the server stops");
    else this.#socket.close(REVOKED, "the session ended, or the key counts no more");
    this.#leave();
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  #receive(text: string): void {
    const message = parseMessage(text);
    if (this.#hasSubscribed) return this.#refuse("API_BAD_REQUEST", "this connection has subscribed already");
    if (message === undefined)
      return this.#refuse("API_BAD_REQUEST", 'expected {"type":"subscribe","since":<id>,"topics":[…]}');
    const denied = (message.topics ?? []).filter((topic) => !this.#allowed.includes(topic));
    if (denied.length > 0) return this.#refuse(this.#deniedCode, `you may not hear of: ${denied.join(", ")}`);
    this.#hasSubscribed = true;
    this.#topics = message.topics ?? this.#topics;
    this.#subscribe(message.since).catch((error: unknown) => {
      this.#logger.warn({ reason: messageOf(error) }, "a stream could not be resumed");
      this.#socket.close(1011, "the stream could not be resumed");
    });
  }

  async #subscribe(since: number | undefined): Promise<void> {
    this.#streams.board.join(this);
    await this.#streams.hub.resume(this, since);
    if (!this.#isOpen) this.#leave();
  }

  #leave(): void {
    this.#streams.hub.unsubscribe(this);
    this.#streams.board.leave(this);
  }

  #refuse(code: string, detail: string): void {
    this.#streams.connections.closedFor("bad-message");
    this.#tell({ type: "error", code, detail });
    this.#socket.close(BAD_MESSAGE, "bad message");
  }

  #tell(message: ServerMessage): void {
    this.#send(Buffer.from(JSON.stringify(message)));
  }

  #send(frame: Buffer): boolean {
    if (!this.#isOpen) return false;
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.#streams.connections.closedFor("too-slow");
      this.#socket.close(TOO_SLOW, "too slow: reconnect and resume");
      return false;
    }
    this.#socket.send(frame, { binary: false });
    return true;
  }
}

function parseMessage(text: string): ClientMessage | undefined {
  try {
    return clientMessage.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: the caller tells the client what is expected.
    return undefined;
  }
}
