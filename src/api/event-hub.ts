import type { StoredEvent } from "#contract";
import { type Logger, messageOf } from "#lib";
import { type Database, getEventBounds, getStreamId, listEvents } from "#store";
import { presentEvent } from "./present.ts";

/** Events that one look at the database brings at most. */
const PAGE = 500;

/** An event, serialised once for all who get it. */
type Delivery = { readonly id: number; readonly type: StoredEvent["type"]; readonly text: string };

export type Subscriber = {
  /** Whether the subscriber wants events of this type. */
  readonly wants: (type: StoredEvent["type"]) => boolean;
  /** Returns false when the subscriber is gone or too slow; it is then dropped. */
  readonly deliver: (text: string, of: Pick<Delivery, "id" | "type">) => boolean;
};

/**
 * Hands the stored events to whoever is connected, each event in id order, none twice and none left out: a subscriber
 * first reads what it missed from the database and joins the live ones only when nothing lies between.
 */
export class EventHub {
  readonly #db: Database;
  readonly #logger: Logger;
  /** With the id up to which each was served from the database. */
  readonly #live = new Map<Subscriber, number>();
  #lastId = 0;
  #streamId = "";
  #reading: Promise<void> | undefined;
  #again = false;

  constructor(db: Database, logger: Logger) {
    this.#db = db;
    this.#logger = logger;
  }

  /** Which database's events these are. */
  get streamId(): string {
    return this.#streamId;
  }

  /** Id of the newest event that this hub has seen. */
  get lastId(): number {
    return this.#lastId;
  }

  get size(): number {
    return this.#live.size;
  }

  async start(): Promise<void> {
    this.#streamId = await getStreamId(this.#db);
    this.#lastId = (await getEventBounds(this.#db)).last;
  }

  /** Looks for new events; told by NOTIFY, and each second in case one was not heard. */
  poke(): Promise<void> {
    this.#again = true;
    this.#reading ??= this.#readNew().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Sends what came after `since`, then goes on live until `unsubscribe`. */
  async subscribe(subscriber: Subscriber, since: number): Promise<void> {
    let cursor = since;
    while (cursor < this.#lastId) {
      const upTo = this.#lastId;
      const page = await this.#read(cursor);
      for (const delivery of page) {
        if (subscriber.wants(delivery.type) && !subscriber.deliver(delivery.text, delivery)) return;
      }
      // An empty page: what lay between is not kept any more.
      cursor = page.at(-1)?.id ?? upTo;
    }
    // Nothing is awaited between the comparison above and this line, so no event can slip through.
    this.#live.set(subscriber, cursor);
  }

  unsubscribe(subscriber: Subscriber): void {
    this.#live.delete(subscriber);
  }

  async #readNew(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        const page = await this.#read(this.#lastId);
        for (const delivery of page) this.#deliver(delivery);
        if (page.length === PAGE) this.#again = true;
      }
    } catch (error) {
      // The next second looks again; meanwhile the status says that the database is down.
      this.#logger.warn({ reason: messageOf(error) }, "events could not be read");
    }
  }

  async #read(after: number): Promise<Delivery[]> {
    const rows = await listEvents(this.#db, { after, limit: PAGE });
    return rows.map((row) => ({ id: row.id, type: row.type, text: JSON.stringify(presentEvent(row)) }));
  }

  #deliver(delivery: Delivery): void {
    this.#lastId = delivery.id;
    for (const [subscriber, served] of this.#live) {
      if (delivery.id <= served || !subscriber.wants(delivery.type)) continue;
      if (!subscriber.deliver(delivery.text, delivery)) this.#live.delete(subscriber);
    }
  }
}
