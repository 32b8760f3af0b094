import { describe, expect, test } from "vitest";
import type { Insight } from "#contract";
import {
  type FeedChanges,
  type InsightEvent,
  NO_CHANGES,
  newsIn,
  reduceFeed,
  visibleInsights,
} from "./feed-changes.ts";

function insight(id: string, eventId: number, status: Insight["status"] = "preliminary", height = 1): Insight {
  return {
    id,
    eventId,
    status,
    kind: "large-transfer",
    category: "whale",
    statusReason: null,
    wording: null,
    headline: id,
    summary: id,
    height,
    blockHash: "00",
    blockTime: "2031-01-01T00:00:00Z",
    firstSeen: { height, blockHash: "00", time: "2026-01-01T00:00:00.000Z" },
    publishedHeight: height,
    tags: [],
    surprise: null,
    confidence: null,
    attributionCertainty: null,
    evidence: {
      rule: "",
      subject: null,
      claim: null,
      madeBy: null,
      attribution: null,
      begins: null,
      blocks: [],
      transactions: [],
      metrics: [],
      slots: {},
    },
    chart: null,
    simulated: true,
  };
}

const event = (type: InsightEvent["type"], data: Insight): InsightEvent => ({
  id: data.eventId,
  type,
  at: "2031-01-01T00:00:00Z",
  data,
});
const published = (id: string, eventId: number): InsightEvent => event("insight.published", insight(id, eventId));

function after(events: readonly InsightEvent[], { hold = false, from = NO_CHANGES } = {}): FeedChanges {
  return reduceFeed(from, { type: "events", events, hold });
}

const idsOf = (insights: readonly Insight[]): string[] => insights.map(({ id }) => id);

describe("the feed", () => {
  const listed = [insight("b", 2), insight("a", 1)];

  test("puts new insights on top, newest first", () => {
    expect(idsOf(visibleInsights(listed, after([published("c", 3), published("d", 4)])))).toEqual(["d", "c", "b", "a"]);
  });

  test("replaces what changed without moving it", () => {
    const changes = after([event("insight.updated", insight("a", 5, "confirmed"))]);
    const shown = visibleInsights(listed, changes);
    expect(idsOf(shown)).toEqual(["b", "a"]);
    expect(shown[1]?.status).toBe("confirmed");
  });

  test("strikes what is retracted, also what has only just arrived or is kept back", () => {
    const arrived = after([published("c", 3)]);
    const both = after([published("d", 4)], { hold: true, from: arrived });
    const events = [3, 4].map((_, index) =>
      event("insight.retracted", insight(index === 0 ? "c" : "d", 5 + index, "retracted")),
    );
    const changes = after(events, { hold: true, from: both });
    expect(visibleInsights(listed, changes)[0]?.status).toBe("retracted");
    expect(changes.held[0]?.status).toBe("retracted");
  });

  test("keeps new ones back while someone reads, and shows them in order when asked", () => {
    const first = after([published("c", 3)]);
    const held = after([published("d", 4), published("e", 5)], { hold: true, from: first });
    expect(idsOf(visibleInsights(listed, held))).toEqual(["c", "b", "a"]);
    expect(idsOf(held.held)).toEqual(["e", "d"]);
    const released = reduceFeed(held, { type: "release" });
    expect(idsOf(visibleInsights(listed, released))).toEqual(["e", "d", "c", "b", "a"]);
    expect(released.held).toEqual([]);
  });

  test("shows an insight once, though a page loaded later brings it again", () => {
    const changes = after([published("c", 3)]);
    const later = [insight("c", 6, "confirmed"), ...listed];
    const shown = visibleInsights(later, changes);
    expect(idsOf(shown)).toEqual(["c", "b", "a"]);
    expect(shown[0]?.status).toBe("confirmed");
  });

  test("does not let an older version win", () => {
    const changes = after([
      event("insight.updated", insight("a", 9, "confirmed")),
      event("insight.updated", insight("a", 8, "retracted")),
    ]);
    expect(visibleInsights(listed, changes)[1]?.status).toBe("confirmed");
    expect(visibleInsights([insight("a", 10, "retracted")], changes)[0]?.status).toBe("retracted");
  });

  test("says nothing of an old insight that is in no loaded page", () => {
    const changes = after([event("insight.updated", insight("z", 9, "confirmed"))]);
    expect(idsOf(visibleInsights(listed, changes))).toEqual(["b", "a"]);
  });

  describe("of blocks that were read late", () => {
    const old = (id: string, eventId: number, height: number): InsightEvent =>
      event("insight.published", insight(id, eventId, "confirmed", height));
    const listedAt = [insight("b", 2, "confirmed", 90), insight("a", 1, "confirmed", 50)];
    const changes = reduceFeed(NO_CHANGES, {
      type: "events",
      events: [old("x", 3, 60), old("y", 4, 40), old("z", 5, 99)],
      hold: false,
      tip: 100,
    });

    test("each stands among what was said of its time, and on top is what is new", () => {
      expect(idsOf(visibleInsights(listedAt, changes))).toEqual(["z", "b", "x", "a", "y"]);
    });

    test("what belongs behind the last page comes with its page", () => {
      expect(idsOf(visibleInsights(listedAt, changes, true))).toEqual(["z", "b", "x", "a"]);
    });

    test("only what is new is told", () => {
      expect(idsOf(newsIn(changes.arrived, changes))).toEqual(["z"]);
    });
  });

  test("what began long ago and is noticed now is told, and stands on top", () => {
    const noticed = { ...insight("h", 3, "preliminary", 100), firstSeen: insight("h", 3, "preliminary", 20).firstSeen };
    const events = [event("insight.published", noticed)];
    const changes = reduceFeed(NO_CHANGES, { type: "events", events, hold: false, tip: 100 });
    expect(idsOf(newsIn(changes.arrived, changes))).toEqual(["h"]);
    const listedAt = [insight("b", 2, "confirmed", 99), insight("a", 1, "confirmed", 50)];
    expect(idsOf(visibleInsights(listedAt, changes))).toEqual(["h", "b", "a"]);
  });

  test("what goes on stays where it was told first, in the list and among what came", () => {
    const listedAt = [insight("b", 2, "confirmed", 90), insight("a", 1, "confirmed", 50)];
    const grown = (id: string, eventId: number, told: number): InsightEvent =>
      event("insight.updated", { ...insight(id, eventId, "preliminary", 100), publishedHeight: told });
    const events = [
      event("insight.published", insight("c", 3, "preliminary", 95)),
      grown("c", 4, 95),
      grown("a", 5, 50),
    ];
    const changes = reduceFeed(NO_CHANGES, { type: "events", events, hold: false, tip: 100 });
    const shown = visibleInsights(listedAt, changes);
    expect(shown.map(({ id, height }) => [id, height])).toEqual([
      ["c", 100],
      ["b", 90],
      ["a", 100],
    ]);
  });

  test("begins anew after a reset", () => {
    const changes = reduceFeed(after([published("c", 3)], { hold: true }), { type: "reset" });
    expect(changes).toEqual(NO_CHANGES);
  });
});
