import type { Delivery } from "./delivery.ts";

/** Together they are far less than one client may let pile up. */
const MOST_BYTES = 1024 * 1024;

/** The newest events as they were sent, so that many who come back at once do not all ask the database. */
export class RecentEvents {
  #events: Delivery[] = [];
  #bytes = 0;
  /** Every event after this id is here. */
  #after: number;

  /** @param after the last event that was before all that will be added */
  constructor(after: number) {
    this.#after = after;
  }

  add(event: Delivery): void {
    this.#events.push(event);
    this.#bytes += event.frame.length;
    if (this.#bytes > MOST_BYTES) this.#leaveHalf();
  }

  /** All events after `id`; `undefined` where some of them are not here any more. */
  after(id: number): readonly Delivery[] | undefined {
    if (id < this.#after) return undefined;
    const first = this.#events.findIndex((event) => (event.id ?? 0) > id);
    return first < 0 ? [] : this.#events.slice(first);
  }

  /** Half at once: taking one from the front of a list moves all the others. */
  #leaveHalf(): void {
    let left = 0;
    while (this.#bytes > MOST_BYTES / 2) {
      const event = this.#events[left];
      if (event === undefined) break;
      this.#bytes -= event.frame.length;
      this.#after = event.id ?? this.#after;
      left += 1;
    }
    this.#events = this.#events.slice(left);
  }
}
