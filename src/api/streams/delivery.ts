import type { ServerMessage, StoredEvent } from "#contract";

/** Topics of what is told while it changes, and is not stored. */
export type LiveTopic = "status" | "backfill" | "mempool" | "forecast";
/** Topics of stored events: the part of their types before the point. */
export type StoredTopic = "insight" | "feedback" | "brief" | "block";
export type Topic = StoredTopic | LiveTopic;

/** A message that is serialised once for all who get it: as text of a WebSocket, and as a Server-Sent Event. */
export class Delivery {
  /** Of a stored event. */
  readonly id: number | undefined;
  /** When it was stored, in milliseconds since 1970. */
  readonly storedAt: number | undefined;
  readonly topic: Topic;
  readonly #type: string;
  readonly #text: string;
  #frame: Buffer | undefined;
  #block: Buffer | undefined;

  private constructor(message: { readonly id?: number; readonly at?: string; readonly type: string }, topic: Topic) {
    this.id = message.id;
    this.storedAt = message.at === undefined ? undefined : Date.parse(message.at);
    this.topic = topic;
    this.#type = message.type;
    this.#text = JSON.stringify(message);
  }

  static ofEvent(event: StoredEvent): Delivery {
    return new Delivery(event, topicOf(event.type));
  }

  static ofLive(message: Extract<ServerMessage, { readonly type: LiveTopic }>): Delivery {
    return new Delivery(message, message.type);
  }

  /** What all sockets are given: as bytes, so that none of them encodes it again. */
  get frame(): Buffer {
    return (this.#frame ??= Buffer.from(this.#text));
  }

  /** As an event of a Server-Sent stream. */
  get block(): Buffer {
    const id = this.id === undefined ? "" : `id: ${this.id}\n`;
    return (this.#block ??= Buffer.from(`${id}event: ${this.#type}\ndata: ${this.#text}\n\n`));
  }

  /** Whether it says the same as another. */
  equals(other: Delivery | undefined): boolean {
    return other !== undefined && other.#text === this.#text;
  }
}

function topicOf(type: StoredEvent["type"]): StoredTopic {
  return type.slice(0, type.indexOf(".")) as StoredTopic;
}
