import type { Insight, StoredEvent } from "#contract";

export type InsightEvent = Extract<StoredEvent, { data: Insight }>;

/** What the stream has told since the list was loaded. */
export type FeedChanges = {
  /** New and shown, by the blocks that told of them, the newest first. */
  readonly arrived: readonly Insight[];
  /** New, but kept back while someone reads, in the same order. */
  readonly held: readonly Insight[];
  /** The newest version of insights that may be in a loaded page. */
  readonly changed: ReadonlyMap<string, Insight>;
  /** Those among the new ones that are about old blocks: they take their place, and nobody is told. */
  readonly quiet: ReadonlySet<string>;
};

export type FeedAction =
  | {
      readonly type: "events";
      readonly events: readonly InsightEvent[];
      readonly hold: boolean;
      /** Height of the newest block, as far as it is known. */
      readonly tip?: number | undefined;
    }
  | { readonly type: "release" }
  | { readonly type: "reset" };

export const NO_CHANGES: FeedChanges = { arrived: [], held: [], changed: new Map(), quiet: new Set() };

/** What lies deeper below the tip is no news: it was read late, or anew. */
const NEWS_BLOCKS = 6;

/** A backfill finds them by the thousand; more than these are seen when the list is loaded again. */
const MOST_QUIET = 500;

export function reduceFeed(state: FeedChanges, action: FeedAction): FeedChanges {
  switch (action.type) {
    case "events":
      return applyEvents(state, action);
    case "release":
      return state.held.length === 0
        ? state
        : { ...state, arrived: inOrder([...state.held, ...state.arrived]), held: [] };
    case "reset":
      return NO_CHANGES;
  }
}

/**
 * The insights to show, by the blocks that told of them, each once and in its newest version. Where `more` are stored than are listed, what
 * belongs behind the last of the list comes with its page.
 */
export function visibleInsights(listed: readonly Insight[], changes: FeedChanges, more = false): Insight[] {
  const { arrived, changed } = changes;
  const last = listed.at(-1);
  const lowest = more && last !== undefined ? last.publishedHeight : -1;
  const coming = arrived.filter(({ publishedHeight }) => publishedHeight >= lowest);
  const byId = new Map<string, Insight>();
  for (const insight of merged(coming, listed)) {
    // A Map keeps the place of the first that came under an id, whatever version replaces it.
    byId.set(insight.id, newer(newer(insight, byId.get(insight.id)), changed.get(insight.id)));
  }
  return [...byId.values()];
}

/** New ones that are told of. */
export function newsIn(insights: readonly Insight[], { quiet }: FeedChanges): readonly Insight[] {
  return quiet.size === 0 ? insights : insights.filter(({ id }) => !quiet.has(id));
}

/** Two lists in one, each in its own order; of one block those of the first come first. */
function merged(first: readonly Insight[], second: readonly Insight[]): Insight[] {
  const all: Insight[] = [];
  let next = 0;
  for (const insight of second) {
    for (let one = first[next]; one !== undefined && isAbove(one, insight); one = first[next]) {
      all.push(one);
      next++;
    }
    all.push(insight);
  }
  return [...all, ...first.slice(next)];
}

function isAbove(one: Insight, other: Insight): boolean {
  return one.publishedHeight >= other.publishedHeight;
}

type Events = Extract<FeedAction, { type: "events" }>;

function applyEvents(state: FeedChanges, { events, hold, tip = 0 }: Events): FeedChanges {
  const arrived = new Map(state.arrived.map((insight) => [insight.id, insight]));
  const held = new Map(state.held.map((insight) => [insight.id, insight]));
  const changed = new Map(state.changed);
  const quiet = new Set(state.quiet);
  const fresh: Insight[] = [];
  for (const { type, data } of events) {
    const place = [arrived, held].find((known) => known.has(data.id));
    if (place !== undefined) {
      place.set(data.id, newer(data, place.get(data.id)));
    } else if (type !== "insight.published") {
      changed.set(data.id, newer(data, changed.get(data.id)));
    } else {
      const isQuiet = data.publishedHeight < tip - NEWS_BLOCKS;
      if (isQuiet && quiet.size >= MOST_QUIET) continue;
      if (isQuiet) quiet.add(data.id);
      (hold ? held : arrived).set(data.id, data);
      fresh.unshift(data);
    }
  }
  // The last published of a block comes first.
  const ordered = (known: ReadonlyMap<string, Insight>): Insight[] => {
    const added = fresh.flatMap(({ id }) => known.get(id) ?? []);
    const ids = new Set(added.map(({ id }) => id));
    return inOrder([...added, ...[...known.values()].filter(({ id }) => !ids.has(id))]);
  };
  return { arrived: ordered(arrived), held: ordered(held), changed, quiet };
}

function inOrder(insights: readonly Insight[]): Insight[] {
  return insights.toSorted((left, right) => right.publishedHeight - left.publishedHeight);
}

function newer(insight: Insight, other: Insight | undefined): Insight {
  return other !== undefined && other.eventId > insight.eventId ? other : insight;
}
