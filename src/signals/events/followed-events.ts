import type { Detector } from "../detector.ts";
import type { BlockRow, Signal, SignalKind } from "../signal.ts";
import { type EventUpdate, FOLLOWED_BLOCKS, type TimedSignal } from "./event-update.ts";
import { type Grown, movedIn, standsAt } from "./grown-flow.ts";
import { byBlockAndKind, isPoolOutflow, paymentsOf, tellsOfSpending } from "./payments-of.ts";

/** An event is told anew where it has grown by a twentieth since it was told last: what is less changes no picture of it. */
const GROWTH = 1.05;

/** Transactions that are cited of one event. */
const CITED = 20;

type OpenEvent = Grown & {
  readonly firstTime: number;
  /** The number that was told last. */
  readonly told: number;
  readonly payments: readonly TimedSignal[];
};

/** What is remembered of an event, without what follows from its blocks. */
export type EventState = {
  readonly kind: string;
  readonly height: number;
  readonly about: string;
  readonly moved: number;
  readonly told: number;
  readonly txids: readonly string[];
  /** Kinds and heights of what told of its single payments. */
  readonly payments: readonly string[];
};

/**
 * Which events go on, block by block. It remembers the events of the last {@link FOLLOWED_BLOCKS} blocks and nothing
 * else, so it is the same however many blocks came before them.
 */
export class FollowedEvents {
  /** Kinds whose events grow, each with the place of the number in its headline among what was measured. */
  readonly #places: ReadonlyMap<SignalKind, number>;
  #open: readonly OpenEvent[] = [];
  /** What told of spendings in the last blocks, of which a flow that is told later may be. */
  #spendings: readonly TimedSignal[] = [];

  constructor(detectors: readonly Pick<Detector, "kind" | "followedBy">[]) {
    this.#places = new Map(
      detectors.flatMap(({ kind, followedBy }) => (followedBy === undefined ? [] : [[kind, followedBy] as const])),
    );
  }

  /**
   * Of the next block: what has grown, of what was told and goes on; and what is told now of which a part was told, in this
   * block or before. What told of a payment is part of one event, the first.
   * @param told what stands out in the block for the first time
   * @param goingOn what stood out before and does again
   */
  take(row: BlockRow, told: readonly Signal[], goingOn: readonly Signal[]): readonly EventUpdate[] {
    const { height, time } = row.features;
    const updates: EventUpdate[] = [];
    const fresh = told.filter(tellsOfSpending).map((signal) => ({ signal, time }));
    this.#spendings = [...this.#spendings.filter(({ signal }) => height - signal.height <= FOLLOWED_BLOCKS), ...fresh];
    const taken = new Set(this.#open.flatMap(({ payments }) => payments.map(({ signal }) => signal)));
    const take = (flow: Signal, spendings: readonly TimedSignal[]): readonly TimedSignal[] => {
      const payments = paymentsOf(
        flow,
        spendings.filter(({ signal }) => !taken.has(signal)),
      )
        .map((payment) => [...this.#paymentsOf(payment.signal), payment])
        // A sale that is told of payments elsewhere as well stays one by itself.
        .filter((parts) => parts.length === 1 || paymentsOf(flow, parts).length === parts.length)
        .flat()
        .toSorted(byBlockAndKind);
      for (const { signal } of payments) taken.add(signal);
      return payments;
    };
    const follow = (event: OpenEvent): OpenEvent => {
      const moved = event.moved + movedIn(row, event.first);
      const seen = goingOn.find((signal) => aboutOf(signal) === aboutOf(event.first));
      if (seen === undefined) return { ...event, moved };
      const cited = cite([...event.cited, ...seen.transfers]);
      const now = standsAt(seen, { ...event, moved, cited });
      const joining = take(event.first, fresh);
      const payments = [...event.payments, ...joining];
      // A payment that would be told by itself is told with it, however little it grows by it.
      const hasGrown = this.#isGrown(now, event.told) || joining.length > 0;
      if (hasGrown) updates.push({ first: event.first, firstTime: event.firstTime, now, payments });
      return { ...event, moved, cited, payments, told: hasGrown ? this.#figureOf(now) : event.told };
    };
    const begin = (first: Signal): OpenEvent => {
      const payments = take(first, this.#spendings);
      if (payments.length > 0) updates.push({ first, firstTime: time, now: first, payments });
      const figure = this.#figureOf(first);
      return { first, firstTime: time, moved: figure, cited: cite(first.transfers), told: figure, payments };
    };
    const recent = this.#open.filter(({ first }) => height - first.height <= FOLLOWED_BLOCKS);
    const beginning = told.filter(({ kind }) => this.#places.has(kind));
    const [followed, begun]: [OpenEvent[], OpenEvent[]] = [[], []];
    // What a pool sends may be part of what came to an exchange, which therefore takes first.
    for (const isPools of [false, true]) {
      const isOwn = (signal: Signal): boolean => isPoolOutflow(signal) === isPools && !taken.has(signal);
      followed.push(...recent.filter(({ first }) => isOwn(first)).map(follow));
      begun.push(...beginning.filter(isOwn).map(begin));
    }
    // Whoever stands out again after a pause is another event, and the older one is over.
    const abouts = new Set(told.map(aboutOf));
    this.#open = [...followed.filter(({ first }) => !abouts.has(aboutOf(first))), ...begun];
    return updates;
  }

  state(): readonly EventState[] {
    return this.#open.map(({ first, moved, told, cited, payments }) => ({
      kind: first.kind,
      height: first.height,
      about: aboutOf(first),
      moved,
      told,
      txids: cited.map(({ txid }) => txid),
      payments: payments.map(({ signal }) => `${signal.kind} ${signal.height}`),
    }));
  }

  copy(): FollowedEvents {
    const copy = new FollowedEvents(Array.from(this.#places, ([kind, followedBy]) => ({ kind, followedBy })));
    copy.#open = this.#open;
    copy.#spendings = this.#spendings;
    return copy;
  }

  /** What an event that is followed has taken. */
  #paymentsOf(signal: Signal): readonly TimedSignal[] {
    return this.#open.find(({ first }) => first === signal)?.payments ?? [];
  }

  /** The number in its headline. */
  #figureOf({ kind, metrics }: Signal): number {
    return metrics[this.#places.get(kind) ?? 0]?.value ?? Number.NaN;
  }

  #isGrown(now: Signal, told: number): boolean {
    const figure = this.#figureOf(now);
    return now.direction === "below" ? figure * GROWTH <= told : figure >= told * GROWTH;
  }
}

function aboutOf({ kind, subject, direction }: Signal): string {
  return [kind, direction, subject?.kind, subject?.actor].join(" ");
}

/** The largest, each once. */
function cite(transfers: Signal["transfers"]): Signal["transfers"] {
  const each = new Map(transfers.map((transfer) => [transfer.txid, transfer]));
  return [...each.values()].toSorted((left, right) => right.value - left.value).slice(0, CITED);
}
