import type { Insight, StoredEvent } from "#contract";

export type InsightEvent = Extract<StoredEvent, { data: Insight }>;

/** What the stream has told since the list was loaded. */
export type FeedChanges = {
  /** New and shown, newest first. */
  readonly arrived: readonly Insight[];
  /** New, but kept back while someone reads, newest first. */
  readonly held: readonly Insight[];
  /** The newest version of insights that may be in a loaded page. */
  readonly changed: ReadonlyMap<string, Insight>;
};

export type FeedAction =
  | { readonly type: "events"; readonly events: readonly InsightEvent[]; readonly hold: boolean }
  | { readonly type: "release" }
  | { readonly type: "reset" };

export const NO_CHANGES: FeedChanges = { arrived: [], held: [], changed: new Map() };

export function reduceFeed(state: FeedChanges, action: FeedAction): FeedChanges {
  switch (action.type) {
    case "events":
      return action.events.reduce((changes, event) => applyEvent(changes, event, action.hold), state);
    case "release":
      return state.held.length === 0 ? state : { ...state, arrived: [...state.held, ...state.arrived], held: [] };
    case "reset":
      return NO_CHANGES;
  }
}

/** The insights to show, newest first, each once and in its newest version. */
export function visibleInsights(listed: readonly Insight[], { arrived, changed }: FeedChanges): Insight[] {
  const byId = new Map<string, Insight>();
  for (const insight of [...arrived, ...listed]) {
    // A Map keeps the place of the first that came under an id, whatever version replaces it.
    byId.set(insight.id, newer(newer(insight, byId.get(insight.id)), changed.get(insight.id)));
  }
  return [...byId.values()];
}

function applyEvent(state: FeedChanges, { type, data }: InsightEvent, hold: boolean): FeedChanges {
  if (state.arrived.some(({ id }) => id === data.id)) return { ...state, arrived: replace(state.arrived, data) };
  if (state.held.some(({ id }) => id === data.id)) return { ...state, held: replace(state.held, data) };
  if (type !== "insight.published") {
    return { ...state, changed: new Map(state.changed).set(data.id, newer(data, state.changed.get(data.id))) };
  }
  return hold ? { ...state, held: [data, ...state.held] } : { ...state, arrived: [data, ...state.arrived] };
}

function replace(insights: readonly Insight[], update: Insight): Insight[] {
  return insights.map((insight) => (insight.id === update.id ? newer(insight, update) : insight));
}

function newer(insight: Insight, other: Insight | undefined): Insight {
  return other !== undefined && other.eventId > insight.eventId ? other : insight;
}
