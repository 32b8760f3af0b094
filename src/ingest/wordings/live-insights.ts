import { type Database, getEventBounds, listEvents, type StoredInsight } from "#store";

const PAGE = 500;

/** Blocks whose insights count as news; a reorg that is told goes no deeper in practice. */
const KEPT_BLOCKS = 200;

/** Insights of blocks that were announced since it was opened. Those of history are stored without an announcement. */
export class LiveInsights {
  readonly #db: Database;
  /** The last event that was dealt with. */
  #lastId: number;
  readonly #announced = new Set<string>();

  private constructor(db: Database, lastId: number) {
    this.#db = db;
    this.#lastId = lastId;
  }

  static async open(db: Database): Promise<LiveInsights> {
    return new LiveInsights(db, (await getEventBounds(db)).last);
  }

  /** Those that nobody has worded, oldest first, until there are no more events. One that `take` throws at comes again. */
  async drain(take: (insight: StoredInsight) => Promise<void>, signal: AbortSignal): Promise<void> {
    for (;;) {
      const events = await listEvents(this.#db, { after: this.#lastId, limit: PAGE });
      if (events.length === 0) return;
      for (const event of events) {
        if (signal.aborted) return;
        if (event.type === "block.connected") this.#announce(event.block.hash);
        const { insight } = event;
        if (insight !== null && insight.wording === null && this.#isNews(insight)) await take(insight);
        this.#lastId = event.id;
      }
    }
  }

  #isNews({ status, blockHash }: StoredInsight): boolean {
    return status !== "retracted" && this.#announced.has(blockHash);
  }

  #announce(hash: string): void {
    this.#announced.add(hash);
    const [oldest] = this.#announced;
    if (this.#announced.size > KEPT_BLOCKS && oldest !== undefined) this.#announced.delete(oldest);
  }
}
