import { setImmediate as letOthersWork } from "node:timers/promises";
import { type Logger, messageOf } from "#lib";
import { type Database, getEventBounds, getStreamId, listEvents } from "#store";
import { presentEvent } from "../present.ts";
import { takeTurns } from "../take-turns.ts";
import { Delivery, type Topic } from "./delivery.ts";
import { RecentEvents } from "./recent-events.ts";

/** Events that one look at the database brings at most. */
const PAGE = 500;
/** A client that missed much is sent so many before it is waited for. */
const RESUMED_AT_ONCE = 100;
/** Of many that come back after long, so many read the database at once; requests need it as well. */
const READING_AT_ONCE = 3;
/** The newest events that are at hand from the start: after a restart all clients come back at once. */
const KEPT_FROM_BEFORE = 200;
/** Clients that are sent an event before requests have their turn. */
const SENT_AT_ONCE = 250;

export type Subscriber = {
  /** Whether the subscriber wants what is told on this topic. */
  readonly wants: (topic: Topic) => boolean;
  /** Returns false when the subscriber is gone or too slow; it is then dropped. */
  readonly deliver: (delivery: Delivery) => boolean;
  /** Resolves once most of what was sent has left, to whether the subscriber is still there. */
  readonly drained: () => Promise<boolean>;
  /** What the subscriber asks for is not known here: it goes on after this id. */
  readonly reset: (lastEventId: number) => void;
};

/**
 * Hands the stored events to whoever is connected, each event in id order, none twice and none left out: a subscriber
 * first gets what it missed and joins the live ones only when nothing lies between.
 */
export class EventHub {
  readonly #db: Database;
  readonly #logger: Logger;
  /** With the id up to which each was served before it joined. */
  readonly #live = new Map<Subscriber, number>();
  readonly #inTurn = takeTurns(READING_AT_ONCE);
  #recent = new RecentEvents(0);
  #lastId = 0;
  #streamId = "";
  #reading: Promise<void> | undefined;
  #again = false;
  #lagMs: number | null = null;

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

  /** From when an event was stored to when all who listen were handed it: the longest since this was asked before. */
  takeLag(): number | null {
    const lag = this.#lagMs;
    this.#lagMs = null;
    return lag;
  }

  async start(): Promise<void> {
    this.#streamId = await getStreamId(this.#db);
    const { oldest, last } = await getEventBounds(this.#db);
    this.#lastId = Math.max((oldest ?? 1) - 1, last - KEPT_FROM_BEFORE);
    this.#recent = new RecentEvents(this.#lastId);
    await this.poke();
    // What was stored before this process began had nobody to be handed to.
    this.#lagMs = null;
  }

  /** Looks for new events; told by NOTIFY, and each second in case one was not heard. */
  poke(): Promise<void> {
    this.#again = true;
    this.#reading ??= this.#readNew().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Sends what came after `since`, or nothing of the past without it, then goes on live until `unsubscribe`. */
  async resume(subscriber: Subscriber, since: number | undefined): Promise<void> {
    // An event may be in the database before this process has seen it.
    if (since === undefined || since > this.#lastId) await this.poke();
    const isKnown = since === undefined || (await this.#knows(since));
    if (!isKnown) subscriber.reset(this.#lastId);
    await this.#catchUp(subscriber, since === undefined || !isKnown ? this.#lastId : since);
  }

  unsubscribe(subscriber: Subscriber): void {
    this.#live.delete(subscriber);
  }

  /** Whether `since` is an id of this stream after which nothing was removed. */
  async #knows(since: number): Promise<boolean> {
    if (since <= this.#lastId && this.#recent.after(since) !== undefined) return true;
    const { oldest, last } = await this.#inTurn(() => getEventBounds(this.#db));
    return since <= last && since >= (oldest ?? 1) - 1;
  }

  async #catchUp(subscriber: Subscriber, since: number): Promise<void> {
    let cursor = since;
    while (cursor < this.#lastId) {
      const upTo = this.#lastId;
      const recent = this.#recent.after(cursor);
      const page = recent ?? (await this.#inTurn(() => this.#read(cursor, RESUMED_AT_ONCE)));
      for (const delivery of page) {
        if (subscriber.wants(delivery.topic) && !subscriber.deliver(delivery)) return;
      }
      // An empty page: what lay between is not kept any more.
      cursor = page.at(-1)?.id ?? upTo;
      if (recent === undefined && !(await subscriber.drained())) return;
    }
    // Nothing is awaited between the comparison above and this line, so no event can slip through.
    this.#live.set(subscriber, cursor);
  }

  async #readNew(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        const page = await this.#read(this.#lastId, PAGE);
        for (const delivery of page) await this.#deliver(delivery);
        if (page.length === PAGE) this.#again = true;
      }
    } catch (error) {
      // The next second looks again; meanwhile the status says that the database is down.
      this.#logger.warn({ reason: messageOf(error) }, "events could not be read");
    }
  }

  async #read(after: number, limit: number): Promise<Delivery[]> {
    const rows = await listEvents(this.#db, { after, limit });
    return rows.map((row) => Delivery.ofEvent(presentEvent(row)));
  }

  /** Whoever joins meanwhile was served up to this event or beyond. */
  async #deliver(delivery: Delivery): Promise<void> {
    const id = delivery.id ?? 0;
    this.#recent.add(delivery);
    this.#lastId = id;
    let sent = 0;
    for (const [subscriber, served] of this.#live) {
      if (id <= served || !subscriber.wants(delivery.topic)) continue;
      if (!subscriber.deliver(delivery)) this.#live.delete(subscriber);
      sent += 1;
      if (sent % SENT_AT_ONCE === 0) await letOthersWork();
    }
    // The database's clock may be another machine's.
    const lag = Math.max(0, Date.now() - (delivery.storedAt ?? Date.now()));
    this.#lagMs = Math.max(this.#lagMs ?? 0, lag);
  }
}
