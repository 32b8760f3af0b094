import { describe, expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import { simulatedName } from "#chain";
import type { Insight } from "#insights";
import type { Signal, SignalKind } from "#signals";
import { findInHouseAlarms } from "../bench/evaluation/in-house.ts";
import { matchEvents, type StagedEntry } from "../bench/evaluation/match-events.ts";
import { listRetold } from "../bench/evaluation/tell-rows.ts";

const EXCHANGE = "Varnost Exchange";
const WHALE = "Whale 03";

type Told = Pick<Signal, "height" | "startHeight"> & { readonly who: string; readonly whoKind?: "exchange" | "person" };

function signalOf(kind: SignalKind, { height, startHeight, who, whoKind = "exchange" }: Told): Signal {
  return {
    kind,
    height,
    startHeight,
    blockhash: "00".repeat(32) as BlockHash,
    subject: { actor: simulatedName(who), kind: whoKind },
    direction: "above",
    surprise: null,
    metrics: [],
    transfers: [],
  };
}

type Staged = Pick<StagedEntry, "kind" | "startHeight" | "endHeight"> & {
  readonly entity: string;
  readonly from: string;
  readonly to: string;
};

/** An event with a transfer in each of its blocks. */
function eventOf({ from, to, ...event }: Staged): StagedEntry {
  const heights = Array.from({ length: event.endHeight - event.startHeight + 1 }, (_, at) => event.startHeight + at);
  return {
    type: "event",
    id: event.startHeight,
    staged: "by schedule",
    startTime: 0,
    endTime: 0,
    size: 1,
    planned: 1,
    unit: "sat",
    transfers: heights.map((height) => ({ height, txid: `${height}`, value: 1, from, to })),
    ...event,
  };
}

function match(kind: SignalKind, signals: readonly Signal[], truth: readonly StagedEntry[]) {
  return matchEvents(kind, { signals, truth, unfinished: [], from: 0, to: 10_000 });
}

describe("what the evaluation calls right", () => {
  const inflow = { kind: "inflow-spike", startHeight: 100, endHeight: 106, entity: EXCHANGE } as const;
  const truth = [eventOf({ ...inflow, from: WHALE, to: EXCHANGE })];

  test("is the first signal in an event of its kind at its entity; the next is a duplicate, others are false", () => {
    const [first, next, elsewhere, before, late] = [
      signalOf("inflow-spike", { height: 102, startHeight: 94, who: EXCHANGE }),
      signalOf("inflow-spike", { height: 108, startHeight: 100, who: EXCHANGE }),
      signalOf("inflow-spike", { height: 102, startHeight: 94, who: "Tessaly Exchange" }),
      signalOf("inflow-spike", { height: 99, startHeight: 91, who: EXCHANGE }),
      signalOf("inflow-spike", { height: 300, startHeight: 292, who: EXCHANGE }),
    ];
    const matches = match("inflow-spike", [before, first, next, elsewhere, late], truth);
    expect(matches.found.map(({ signal }) => signal)).toEqual([first]);
    expect(matches.duplicates).toEqual([next]);
    expect(matches.emergent).toEqual([]);
    expect(matches.falseAlarms).toEqual([before, elsewhere, late]);
  });

  test("an event that nothing told is missed", () => {
    expect(match("inflow-spike", [], truth)).toMatchObject({ found: [], missed: truth });
  });

  test("no inflow or outflow that is a shuffle, which is an alarm of the trap", () => {
    const shuffle = { kind: "in-house-shuffle", startHeight: 100, endHeight: 103, entity: EXCHANGE } as const;
    const shuffles = [eventOf({ ...shuffle, from: EXCHANGE, to: EXCHANGE })];
    for (const kind of ["inflow-spike", "outflow-spike", "inflow-streak", "outflow-streak"] as const) {
      const signals = [signalOf(kind, { height: 103, startHeight: 95, who: EXCHANGE })];
      const { falseAlarms } = match(kind, signals, shuffles);
      expect(falseAlarms).toEqual(signals);
      expect(findInHouseAlarms({ signals, falseAlarms, truth: shuffles }, 0).alarms).toEqual(signals);
    }
  });

  test("no late repetition of what was found, though its transfers are still among those that were measured", () => {
    const campaign = { kind: "whale-accumulation", startHeight: 1_000, endHeight: 1_900, entity: WHALE } as const;
    const events = [eventOf({ ...campaign, from: EXCHANGE, to: WHALE })];
    const [first, late] = [1_300, 2_200].map((height) =>
      signalOf("whale-accumulation", { height, startHeight: height - 719, who: WHALE, whoKind: "person" }),
    );
    const matches = match(
      "whale-accumulation",
      [first, late].flatMap((one) => one ?? []),
      events,
    );
    expect(matches.found.map(({ signal }) => signal)).toEqual([first]);
    expect(matches.duplicates).toEqual([late]);
    expect(matches.emergent).toEqual([]);
  });

  test("who is paid several times by an event of another kind was told rightly, once", () => {
    const streak = { kind: "outflow-streak", startHeight: 1_000, endHeight: 1_900, entity: EXCHANGE } as const;
    const events = [eventOf({ ...streak, from: EXCHANGE, to: WHALE })];
    const signals = [1_300, 1_800].map((height) =>
      signalOf("whale-accumulation", { height, startHeight: height - 719, who: WHALE, whoKind: "person" }),
    );
    const { emergent, duplicates } = match("whale-accumulation", signals, events);
    expect([emergent, duplicates]).toEqual([signals.slice(0, 1), signals.slice(1)]);
  });

  test("the first signal of what begins before anything could be told counts neither way, and the next is a duplicate", () => {
    const [first, next] = [102, 108].map((height) =>
      signalOf("inflow-spike", { height, startHeight: height - 8, who: EXCHANGE }),
    ) as [Signal, Signal];
    const held = { signals: [first, next], truth, unfinished: [], from: 101, to: 10_000 };
    expect(matchEvents("inflow-spike", held)).toEqual({
      found: [],
      missed: [],
      duplicates: [next],
      emergent: [],
      falseAlarms: [],
    });
  });
});

describe("an insight is told again", () => {
  const citing = (...cited: readonly (readonly [txid: string, valueSats: number])[]): Insight => {
    const transactions = cited.map(([txid, valueSats]) => ({ txid, valueSats }));
    return { evidence: { transactions } } as unknown as Insight;
  };

  test("where what both cite is half and more of what either cites, and not where it is less", () => {
    const flow = citing(["aa", 70], ["bb", 30], ["cc", 40]);
    const [part, other, wider] = [citing(["bb", 30]), citing(["cc", 40], ["dd", 41]), citing(["aa", 70], ["ee", 900])];
    expect(listRetold([flow, part, other, wider, citing()])).toEqual([part, wider]);
  });
});
