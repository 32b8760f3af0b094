import type { StoredEvent } from "#contract";

const KEPT = 100;

/** What the streams told, the newest first, each once: two of them, and one that is resumed, tell the same. */
export function logEvents(known: readonly StoredEvent[], told: readonly StoredEvent[]): readonly StoredEvent[] {
  const byId = new Map([...known, ...told].map((event) => [event.id, event]));
  return [...byId.values()].toSorted((left, right) => right.id - left.id).slice(0, KEPT);
}
