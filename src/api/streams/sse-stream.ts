import type { ServerResponse } from "node:http";
import type { ServerMessage } from "#contract";
import { type Logger, VERSION } from "#lib";
import { MAX_BUFFERED_BYTES, untilDrained } from "./backlog.ts";
import type { Delivery, Topic } from "./delivery.ts";
import type { Subscriber } from "./event-hub.ts";
import type { Streams } from "./streams.ts";

/** What was sent to a client that is too slow is given up so long after. */
const GIVE_UP_MS = 30_000;
/** A connection through which nothing left for so long has nobody at its end. */
const STALLED_MS = 60_000;

type SseStreamOptions = {
  readonly response: ServerResponse;
  readonly streams: Streams;
  readonly logger: Logger;
  readonly topics: readonly Topic[];
};

/** One client of Server-Sent Events, whose response has begun. */
export class SseStream implements Subscriber {
  readonly #response: ServerResponse;
  readonly #streams: Streams;
  readonly #logger: Logger;
  readonly #topics: readonly Topic[];
  #stalledAt: number | undefined;

  constructor({ response, streams, logger, topics }: SseStreamOptions) {
    this.#response = response;
    this.#streams = streams;
    this.#logger = logger;
    this.#topics = topics;
    response.on("error", (error) => logger.debug({ reason: error.message }, "stream client failed"));
    response.on("close", () => this.#leave());
    const { streamId, lastId: lastEventId } = streams.hub;
    this.#write(`retry: 2000\n${blockOf({ type: "hello", serverVersion: VERSION, streamId, lastEventId })}`);
  }

  /** Sends what is wanted until the client leaves. */
  async subscribe(since: number | undefined): Promise<void> {
    try {
      this.#streams.board.join(this);
      await this.#streams.hub.resume(this, since);
      if (!this.#isOpen) this.#leave();
    } catch (error) {
      // The answer has begun, so the client is told by its end, and comes back.
      this.#logger.warn({ err: error }, "a stream could not be resumed");
      this.end();
    }
  }

  wants(topic: Topic): boolean {
    return this.#topics.includes(topic);
  }

  deliver(delivery: Delivery): boolean {
    return this.#write(delivery.block);
  }

  reset(lastEventId: number): void {
    this.#write(blockOf({ type: "reset", lastEventId }));
  }

  drained(): Promise<boolean> {
    return untilDrained({ isOpen: () => this.#isOpen, waiting: () => this.#response.writableLength });
  }

  /** Keeps proxies from closing it, and closes what nobody reads any more. */
  ping(): void {
    if (this.#response.writableLength === 0) this.#stalledAt = undefined;
    else if (performance.now() - (this.#stalledAt ??= performance.now()) > STALLED_MS) {
      this.#streams.connections.closedFor("silent");
      this.#response.destroy();
    }
    this.#write(": still here\n\n");
  }

  end(): void {
    this.#response.end();
    setTimeout(() => this.#response.destroy(), GIVE_UP_MS).unref();
  }

  get #isOpen(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded;
  }

  #leave(): void {
    this.#streams.hub.unsubscribe(this);
    this.#streams.board.leave(this);
  }

  #write(text: string | Buffer): boolean {
    if (!this.#isOpen) return false;
    if (this.#response.writableLength > MAX_BUFFERED_BYTES) {
      this.#streams.connections.closedFor("too-slow");
      this.end();
      return false;
    }
    this.#response.write(text);
    return true;
  }
}

function blockOf(message: ServerMessage): string {
  return `event: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`;
}
