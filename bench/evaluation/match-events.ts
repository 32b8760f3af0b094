import { type LedgerEntry, simulatedName, type UnfinishedEvent } from "#chain";
import type { Signal, SignalKind } from "#signals";
import { KIND_TRUTHS, type KindTruth } from "./truth-of-kinds.ts";

export type StagedEntry = Extract<LedgerEntry, { type: "event" }>;

type ExcursionEntry = Extract<LedgerEntry, { type: "excursion" }>;

/** What a signal may be of. */
type Cause = StagedEntry | ExcursionEntry;

export type Matches = {
  readonly found: readonly { readonly event: StagedEntry; readonly signal: Signal }[];
  readonly missed: readonly StagedEntry[];
  /** Signals of what another one told before. */
  readonly duplicates: readonly Signal[];
  /** Signals of what happened by itself, or came of an event of another kind, and is in the ledger. */
  readonly emergent: readonly Signal[];
  readonly falseAlarms: readonly Signal[];
};

/** Kinds that tell of a transaction, and are right only where it is one of the event's. */
const BY_TRANSACTION: ReadonlySet<SignalKind> = new Set(["large-transfer", "dormant-coins"]);

/** Blocks after the end of an event in which its wake may still be seen: a second signal is a duplicate, no false alarm. */
const WAKE_BLOCKS = 12;

export type Held = {
  readonly signals: readonly Signal[];
  readonly truth: readonly LedgerEntry[];
  /** Signals of what is not over when the chain ends count neither way. */
  readonly unfinished: readonly UnfinishedEvent[];
  readonly from: number;
  readonly to: number;
};

/**
 * Holds the signals of one kind against the ledger, one event to one signal.
 * @param from first height of which signals are asked for; events before it count neither way
 */
export function matchEvents(kind: SignalKind, { signals, truth, unfinished, from, to }: Held): Matches {
  const { staged, begins, alike = [], delayBlocks } = KIND_TRUTHS[kind];
  const tellsBeginning = ({ direction }: Signal) => begins === undefined || direction === begins;
  const allEvents = truth.filter((entry): entry is StagedEntry => entry.type === "event");
  const events = allEvents.filter((event) => event.kind === staged);
  const kindred = allEvents.filter((event) => alike.includes(event.kind) || event.kind === staged);
  const left = new Set(
    signals.filter((signal) => signal.kind === kind && signal.height >= from && signal.height <= to),
  );
  for (const signal of left) {
    const isOpen = unfinished.some(
      (event) =>
        (event.kind === staged || alike.includes(event.kind)) &&
        signal.height >= event.startHeight &&
        isSameParty(signal, event.entity ?? null),
    );
    if (isOpen) left.delete(signal);
  }
  const asked = events.filter(({ startHeight, endHeight }) => startHeight >= from && endHeight + delayBlocks <= to);
  const takeFirst = (event: StagedEntry): Matches["found"] => {
    const signal = [...left].find((one) => tellsBeginning(one) && isOf(one, event, delayBlocks));
    if (signal === undefined) return [];
    left.delete(signal);
    return [{ event, signal }];
  };
  const found = asked.flatMap(takeFirst);
  // What begins before that height or is not over at the end counts neither way, and its first signal is of nothing told before.
  const atEdges = events.filter((event) => !asked.includes(event)).flatMap(takeFirst);
  const repeats = [...left].filter(
    (signal) => tellsBeginning(signal) && events.some((event) => isOf(signal, event, delayBlocks + WAKE_BLOCKS)),
  );
  for (const signal of repeats) left.delete(signal);
  const excursions = truth.filter((entry): entry is ExcursionEntry => entry.type === "excursion");
  const causesOf = (signal: Signal): Cause[] => [
    ...kindred.filter((event) => isOf(signal, event, delayBlocks + WAKE_BLOCKS)),
    ...allEvents.filter((event) => makesFlowsOf(signal, event, KIND_TRUTHS[kind])),
    ...excursions.filter((excursion) => isExcursion(signal, excursion, KIND_TRUTHS[kind])),
  ];
  const { first, further } = tellEachOnce([...left], { causesOf, found: [...found, ...atEdges] });
  for (const signal of [...first, ...further]) left.delete(signal);
  const told = new Set(found.map(({ event }) => event));
  return {
    found,
    missed: asked.filter((event) => !told.has(event)),
    duplicates: [...repeats, ...further],
    emergent: first,
    falseAlarms: [...left],
  };
}

/**
 * One cause to one signal of a subject and direction: the cause that is over first, so that as many signals as can be are
 * the first to tell one. Signals without a cause are in neither list.
 */
function tellEachOnce(
  signals: readonly Signal[],
  { causesOf, found }: { readonly causesOf: (signal: Signal) => Cause[]; readonly found: Matches["found"] },
): { first: Signal[]; further: Signal[] } {
  const told = new Map<string, Set<Cause>>();
  const takenBy = ({ direction, subject }: Signal): Set<Cause> => {
    const about = `${direction} ${subject?.actor}`;
    const taken = told.get(about) ?? new Set();
    told.set(about, taken);
    return taken;
  };
  for (const { event, signal } of found) takenBy(signal).add(event);
  const [first, further]: [Signal[], Signal[]] = [[], []];
  for (const signal of signals) {
    const causes = causesOf(signal);
    if (causes.length === 0) continue;
    const taken = takenBy(signal);
    const [cause] = causes.filter((one) => !taken.has(one)).toSorted((left, right) => left.endHeight - right.endHeight);
    if (cause === undefined) further.push(signal);
    else {
      taken.add(cause);
      first.push(signal);
    }
  }
  return { first, further };
}

/** Transfers of an event to (or from) the subject within the span that was measured, from which on it is no chance. */
const SEVERAL = 3;
/** What they have to make of what was measured: of the coins of a spike, of the hours of a streak. */
const LEAST_SHARE = 1 / 3;
/** Blocks of the hours that streaks count. */
const HOUR_BLOCKS = 6;

function makesFlowsOf(signal: Signal, event: StagedEntry, { flow }: KindTruth): boolean {
  const { subject } = signal;
  // A shuffle makes no flow: to take it for one is what the trap is there for.
  if (flow === undefined || subject === null || event.kind === "in-house-shuffle") return false;
  const made = event.transfers.filter((transfer) => {
    const party = flow === "in" ? transfer.to : transfer.from;
    return (
      party !== null &&
      simulatedName(party) === subject.actor &&
      transfer.height >= signal.startHeight &&
      transfer.height <= signal.height
    );
  });
  const [stoodOut, measured] = signal.metrics;
  const making =
    stoodOut?.unit === "sats"
      ? made.reduce((sum, { value }) => sum + value, 0)
      : new Set(made.map(({ height }) => Math.floor(height / HOUR_BLOCKS))).size;
  return made.length >= SEVERAL && making >= LEAST_SHARE * (measured?.value ?? 0);
}

function isExcursion(signal: Signal, entry: ExcursionEntry, { excursion, delayBlocks }: KindTruth): boolean {
  return (
    entry.state === excursion?.state &&
    Math.sign(entry.peak) === (excursion.sign ?? (signal.direction === "below" ? -1 : 1)) &&
    isSameParty(signal, entry.entity) &&
    signal.height >= entry.startHeight &&
    signal.startHeight <= entry.endHeight + delayBlocks
  );
}

function isOf(signal: Signal, event: StagedEntry, delayBlocks: number): boolean {
  if (signal.height < event.startHeight || signal.startHeight > event.endHeight + delayBlocks) return false;
  if (event.transfers.length > 0 && BY_TRANSACTION.has(signal.kind)) {
    return signal.transfers.some(({ txid }) => event.transfers.some((transfer) => transfer.txid === txid));
  }
  return signal.height <= event.endHeight + delayBlocks && isSameParty(signal, event.entity);
}

function isSameParty(signal: Signal, entity: string | null): boolean {
  return entity === null || signal.subject === null || signal.subject.actor === simulatedName(entity);
}
