import type { Logger } from "#lib";
import type { Subscriber } from "./event-hub.ts";
import type { Delivery, LiveTopic } from "./delivery.ts";

const EVERY_MS = 1_000;

/** Reads what is told on a topic now; `undefined` where there is nothing to tell. */
type Read = () => Promise<Delivery | undefined>;

/**
 * What is told while it changes and is not stored. Each second what somebody wants is read once and serialised once for
 * all, and sent where it differs from what was sent before.
 */
export class LiveBoard {
  readonly #reads: Readonly<Record<LiveTopic, Read>>;
  readonly #logger: Logger;
  readonly #readers = new Set<Subscriber>();
  readonly #told = new Map<LiveTopic, Delivery>();
  readonly #reading = new Map<LiveTopic, Promise<Delivery | undefined>>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(reads: Readonly<Record<LiveTopic, Read>>, logger: Logger) {
    this.#reads = reads;
    this.#logger = logger;
  }

  /** Tells how things stand, then what changes until `leave`. */
  join(reader: Subscriber): void {
    const topics = this.#topicsOf([reader]);
    if (topics.length === 0) return;
    this.#readers.add(reader);
    this.#timer ??= setInterval(() => void this.#tellChanges(), EVERY_MS);
    for (const topic of topics) {
      void this.#read(topic).then((now) => {
        if (now === undefined || !this.#readers.has(reader)) return;
        if (!this.#told.has(topic)) this.#told.set(topic, now);
        this.#send([reader], now);
      });
    }
  }

  leave(reader: Subscriber): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#told.clear();
  }

  async #tellChanges(): Promise<void> {
    await Promise.all(
      this.#topicsOf([...this.#readers]).map(async (topic) => {
        const now = await this.#read(topic);
        if (now === undefined || now.equals(this.#told.get(topic))) return;
        this.#told.set(topic, now);
        this.#send(this.#readers, now);
      }),
    );
  }

  #send(readers: Iterable<Subscriber>, delivery: Delivery): void {
    for (const reader of readers) {
      if (reader.wants(delivery.topic) && !reader.deliver(delivery)) this.leave(reader);
    }
  }

  /** Once for all who want it now: after a restart thousands come at the same time. */
  #read(topic: LiveTopic): Promise<Delivery | undefined> {
    const reading = this.#reading.get(topic) ?? this.#readAnew(topic).finally(() => this.#reading.delete(topic));
    this.#reading.set(topic, reading);
    return reading;
  }

  async #readAnew(topic: LiveTopic): Promise<Delivery | undefined> {
    try {
      return await this.#reads[topic]();
    } catch (error) {
      this.#logger.warn({ err: error, topic }, "what is told live could not be read");
      return undefined;
    }
  }

  #topicsOf(readers: readonly Subscriber[]): readonly LiveTopic[] {
    const all = Object.keys(this.#reads) as LiveTopic[];
    return all.filter((topic) => readers.some((reader) => reader.wants(topic)));
  }
}
