import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { Entity, EntityFlow, Transfer } from "#features";
import type { BlockRow, Signal } from "../signal.ts";
import { DETECTORS } from "../detectors.ts";
import { type EventUpdate, FOLLOWED_BLOCKS } from "./event-update.ts";
import { FollowedEvents } from "./followed-events.ts";

const EXCHANGE: Entity = { actor: "Acme", kind: "exchange" };

function row(height: number, inflow = 0): BlockRow {
  const flow = { entity: EXCHANGE, inflow, outflow: 0 } as EntityFlow;
  const features = { height, time: 600 * height } as BlockRow["features"];
  return { features, transfers: [], flows: { entities: [flow] } as unknown as BlockRow["flows"] };
}

type Seen = {
  readonly height: number;
  readonly value: number;
  readonly total?: number;
  readonly changes?: Partial<Signal>;
};

function inflow({ height, value, total = value, changes = {} }: Seen): Signal {
  const unit = "sats" as const;
  return {
    kind: "inflow-spike",
    height,
    blockhash: height.toString(16).padStart(64, "0") as BlockHash,
    startHeight: height - 8,
    subject: EXCHANGE,
    direction: "above",
    surprise: null,
    metrics: [
      { name: "Inflow of 9 blocks without the 2 largest transfers", unit, value, baseline: 10, level: 50 },
      { name: "Inflow of 9 blocks", unit, value: total, baseline: null, level: null },
    ],
    transfers: [{ txid: height.toString(16).padStart(64, "0") as Txid, value } as Transfer],
    ...changes,
  };
}

/** Follows one event that is told at 100 and seen again at the given heights, with the inflow of each block between. */
function follow(seen: readonly Seen[], inflowOf: (height: number) => number): EventUpdate[] {
  const events = new FollowedEvents(DETECTORS);
  expect(events.take(row(100, 20), [inflow({ height: 100, value: 80, total: 100 })], [])).toEqual([]);
  const last = seen.at(-1)?.height ?? 0;
  return Array.from({ length: last - 100 }, (_, index) => index + 101).flatMap((height) => {
    const goingOn = seen.filter((one) => one.height === height).map(inflow);
    return events.take(row(height, inflowOf(height)), [], goingOn);
  });
}

describe("an event that goes on", () => {
  test("is told anew with all that came since it began, and not only what came in its last blocks", () => {
    const [update, ...others] = follow([{ height: 103, value: 90 }], () => 50);
    expect(others).toEqual([]);
    expect(update).toMatchObject({ first: { height: 100 }, firstTime: 60_000, now: { height: 103, startHeight: 92 } });
    expect(update?.now.metrics).toEqual([
      expect.objectContaining({ value: 90 }),
      { name: "Inflow of 12 blocks", unit: "sats", value: 100 + 3 * 50, baseline: null, level: null },
      { name: "Blocks of the span that is compared", unit: "count", value: 9, baseline: null, level: null },
    ]);
    expect(update?.now.transfers.map(({ value }) => value)).toEqual([90, 80]);
  });

  test("is told anew only where it has grown by a twentieth since it was told last", () => {
    const seen = [101, 102, 103, 104].map((height) => ({ height, value: 90 }));
    const told = follow(seen, (height) => (height === 101 ? 4 : height === 102 ? 1 : 5));
    expect(told.map(({ now }) => [now.height, now.metrics[1]?.value])).toEqual([
      [102, 105],
      [104, 115],
    ]);
  });

  test("is followed for a day and no longer", () => {
    const at = (height: number): number => follow([{ height, value: 90 }], () => 50).length;
    expect([at(100 + FOLLOWED_BLOCKS), at(101 + FOLLOWED_BLOCKS)]).toEqual([1, 0]);
  });

  test.each([
    ["another owner", { subject: { actor: "Other", kind: "exchange" } }],
    ["another kind", { kind: "outflow-spike" }],
    ["another direction", { direction: "below" }],
  ] as const)("is not mistaken for one of %s", (_, changes) => {
    expect(follow([{ height: 102, value: 900, changes }], () => 50)).toEqual([]);
  });

  test("that falls is told anew where it has fallen further", () => {
    const level = (height: number, value: number): Signal =>
      inflow({ height, value, changes: { kind: "fee-level", subject: null, direction: "below" } });
    const events = new FollowedEvents(DETECTORS);
    events.take(row(100), [level(100, 80)], []);
    expect(events.take(row(101), [], [level(101, 90)])).toEqual([]);
    expect(events.take(row(102), [], [level(102, 70)])).toMatchObject([{ now: { height: 102 } }]);
  });

  test("is over where the like is told anew, and a copy follows it by itself", () => {
    const events = new FollowedEvents(DETECTORS);
    events.take(row(100), [inflow({ height: 100, value: 80 })], []);
    const copy = events.copy();
    events.take(row(130), [inflow({ height: 130, value: 80 })], []);
    const [update] = events.take(row(131, 50), [], [inflow({ height: 131, value: 90 })]);
    expect(update?.first.height).toBe(130);
    const [ofCopy] = copy.take(row(131, 50), [], [inflow({ height: 131, value: 90 })]);
    expect(ofCopy?.first.height).toBe(100);
    expect(events.state()).toHaveLength(1);
  });
});

describe("a payment that is told by itself as well", () => {
  const large = (height: number, to: Entity | null = EXCHANGE): Signal => {
    const txid = "7f".repeat(32) as Txid;
    const transfers = [{ txid, value: 70, from: null, to, kind: null } as Transfer];
    return inflow({ height, value: 70, changes: { kind: "large-transfer", subject: null, transfers } });
  };
  const [first, dormant] = [
    inflow({ height: 100, value: 80, total: 100 }),
    { ...large(95), kind: "dormant-coins" } as Signal,
  ];
  const kindsOf = (updates: readonly EventUpdate[]) =>
    updates.map(({ payments }) => payments.map(({ signal: { kind, height } }) => `${kind} ${height}`));

  test("is part of a flow whose blocks it is in, whichever of both is told first", () => {
    const events = new FollowedEvents(DETECTORS);
    expect(events.take(row(91), [large(91)], [])).toEqual([]);
    events.take(row(95), [dormant, large(95)], []);
    const begun = events.take(row(100, 20), [first, large(100, null)], []);
    expect(kindsOf(begun)).toEqual([["large-transfer 95", "dormant-coins 95"]]);
    expect(begun[0]).toMatchObject({ first, firstTime: 60_000, now: first });
    // It grows by little; what came is told all the same, as it is not told by itself.
    const joined = events.take(row(101, 1), [large(101)], [inflow({ height: 101, value: 80 })]);
    expect(kindsOf(joined)).toEqual([["large-transfer 95", "dormant-coins 95", "large-transfer 101"]]);
    expect(events.take(row(102, 1), [], [inflow({ height: 102, value: 80 })])).toEqual([]);
    expect(kindsOf(events.take(row(103, 50), [], [inflow({ height: 103, value: 80 })]))).toEqual(kindsOf(joined));
    expect(events.state()[0]?.payments).toHaveLength(3);
  });

  test("is told by itself while the flow does not stand out, and of one event alone", () => {
    const events = new FollowedEvents(DETECTORS);
    events.take(row(100, 20), [first], []);
    expect(events.take(row(101), [large(101)], [])).toEqual([]);
    expect(kindsOf(events.take(row(102, 50), [], [inflow({ height: 102, value: 90 })]))).toEqual([[]]);
    const out = inflow({ height: 103, value: 90, changes: { kind: "outflow-spike" } });
    const both = { ...large(103), transfers: large(103).transfers.map((one) => ({ ...one, from: EXCHANGE })) };
    const seen = inflow({ height: 103, value: 90 });
    expect(events.take(row(103), [both, out], [seen]).map(({ now: { kind } }) => kind)).toEqual(["inflow-spike"]);
  });

  const POOL: Entity = { actor: "Alder Pool", kind: "pool" };
  const sentBy = (signal: Signal, changes: Partial<Signal> = {}): Signal => ({
    ...signal,
    transfers: signal.transfers.map((one) => ({ ...one, from: POOL, toValue: one.value })),
    ...changes,
  });
  const sale = (height: number, to: Entity | null = EXCHANGE): Signal =>
    sentBy(large(height, to), { kind: "treasury-sale", subject: POOL, startHeight: height - 11 });

  test("is part of what a pool sends, to labelled owners of a sale and to nobody known of a payout", () => {
    const events = new FollowedEvents(DETECTORS);
    const [known, unknown] = [sentBy(large(95)), sentBy(large(95, null))];
    events.take(row(95), [known, unknown], []);
    expect(kindsOf(events.take(row(96), [sale(96)], []))).toEqual([["large-transfer 95"]]);
    const payout: Signal = { ...sale(97, null), kind: "miner-payout", startHeight: 0 };
    const [update] = events.take(row(97), [payout], []);
    expect(update?.payments.map(({ signal }) => signal)).toEqual([unknown]);
  });

  test("is told with the sale where both are part of an inflow, which is followed from then on", () => {
    const events = new FollowedEvents(DETECTORS);
    events.take(row(95), [sentBy(large(95)), sale(95)], []);
    const [update, ...others] = events.take(row(100, 20), [first], [sale(100)]);
    expect([update?.now, others]).toEqual([first, []]);
    expect(kindsOf([update as EventUpdate])).toEqual([["treasury-sale 95", "large-transfer 95"]]);
    expect(events.state().map(({ kind }) => kind)).toEqual(["inflow-spike"]);
    // It is over for the pool; what it sends later is another event.
    expect(events.take(row(101), [], [sale(101)])).toEqual([]);
  });

  test.each([
    ["most of it went elsewhere", { metrics: [{ name: "", unit: "sats", value: 141, baseline: 1, level: 9 }] }, 95],
    ["one of its payments came before the inflow", {}, 91],
  ] as const)("is no part of an inflow with a sale of which %s", (_, changes, paidAt) => {
    const events = new FollowedEvents(DETECTORS);
    events.take(row(paidAt), [sentBy(large(paidAt))], []);
    events.take(row(96), [{ ...sale(96), ...changes }], []);
    const updates = events.take(row(100, 20), [{ ...first, startHeight: 92 }], []);
    expect(kindsOf(updates).flat()).toEqual([]);
    expect(events.state().map(({ kind }) => kind)).toEqual(["treasury-sale", "inflow-spike"]);
  });
});
