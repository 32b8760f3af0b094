import type { BlockRow, Signal, SignalKind } from "../signal.ts";
import type { EventUpdate } from "./event-update.ts";
import { type Grown, movedIn, standsAt } from "./grown-flow.ts";

/** Blocks in which an event is followed from where it was told: about a day. What goes on longer is told no further. */
export const FOLLOWED_BLOCKS = 144;

/** An event is told anew where it has grown by a twentieth since it was told last: what is less changes no picture of it. */
const GROWTH = 1.05;

/** Kinds whose events grow, each with the place of the number in its headline among what was measured. */
const HEADLINE_METRIC: ReadonlyMap<SignalKind, number> = new Map([
  ["fee-spike", 0],
  ["fee-level", 0],
  ["mempool-flush", 1],
  ["inflow-spike", 1],
  ["outflow-spike", 1],
  ["treasury-sale", 0],
  ["miner-payout", 0],
  ["hash-rate", 0],
  ["inscription-wave", 0],
  ["consolidation-wave", 0],
  ["coinjoin-wave", 0],
]);

/** Transactions that are cited of one event. */
const CITED = 20;

type OpenEvent = Grown & {
  readonly firstTime: number;
  /** The number that was told last. */
  readonly told: number;
};

/** What is remembered of an event, without what follows from its blocks. */
export type EventState = {
  readonly kind: string;
  readonly height: number;
  readonly about: string;
  readonly moved: number;
  readonly told: number;
  readonly txids: readonly string[];
};

/**
 * Which events go on, block by block. It remembers the events of the last {@link FOLLOWED_BLOCKS} blocks and nothing
 * else, so it is the same however many blocks came before them.
 */
export class FollowedEvents {
  #open: readonly OpenEvent[] = [];

  /**
   * Of the next block: what has grown, of what was told and goes on.
   * @param told what stands out in the block for the first time
   * @param goingOn what stood out before and does again
   */
  take(row: BlockRow, told: readonly Signal[], goingOn: readonly Signal[]): readonly EventUpdate[] {
    const { height, time } = row.features;
    const updates: EventUpdate[] = [];
    this.#open = this.#open
      .filter(({ first }) => height - first.height <= FOLLOWED_BLOCKS)
      .map((event) => {
        const moved = event.moved + movedIn(row, event.first);
        const seen = goingOn.find((signal) => aboutOf(signal) === aboutOf(event.first));
        if (seen === undefined) return { ...event, moved };
        const cited = cite([...event.cited, ...seen.transfers]);
        const now = standsAt(seen, { ...event, moved, cited });
        const hasGrown = isGrown(now, event.told);
        if (hasGrown) updates.push({ first: event.first, firstTime: event.firstTime, now });
        return { ...event, moved, cited, told: hasGrown ? figureOf(now) : event.told };
      });
    // Whoever stands out again after a pause is another event, and the older one is over.
    const fresh = new Set(told.map(aboutOf));
    this.#open = [
      ...this.#open.filter(({ first }) => !fresh.has(aboutOf(first))),
      ...told
        .filter(({ kind }) => HEADLINE_METRIC.has(kind))
        .map((first) => ({
          first,
          firstTime: time,
          moved: figureOf(first),
          cited: cite(first.transfers),
          told: figureOf(first),
        })),
    ];
    return updates;
  }

  state(): readonly EventState[] {
    return this.#open.map(({ first, moved, told, cited }) => ({
      kind: first.kind,
      height: first.height,
      about: aboutOf(first),
      moved,
      told,
      txids: cited.map(({ txid }) => txid),
    }));
  }

  copy(): FollowedEvents {
    const copy = new FollowedEvents();
    copy.#open = this.#open;
    return copy;
  }
}

function aboutOf({ kind, subject, direction }: Signal): string {
  return [kind, direction, subject?.kind, subject?.actor].join(" ");
}

/** The number in its headline. */
function figureOf({ kind, metrics }: Signal): number {
  return metrics[HEADLINE_METRIC.get(kind) ?? 0]?.value ?? Number.NaN;
}

function isGrown(now: Signal, told: number): boolean {
  return now.direction === "below" ? figureOf(now) * GROWTH <= told : figureOf(now) >= told * GROWTH;
}

/** The largest, each once. */
function cite(transfers: Signal["transfers"]): Signal["transfers"] {
  const each = new Map(transfers.map((transfer) => [transfer.txid, transfer]));
  return [...each.values()].toSorted((left, right) => right.value - left.value).slice(0, CITED);
}
