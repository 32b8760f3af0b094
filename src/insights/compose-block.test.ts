import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { Entity, Transfer } from "#features";
import { sha256 } from "#lib";
import type { EventUpdate, Measurement, Signal, SignalKind } from "#signals";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { composeBlock } from "./compose-block.ts";
import { composeInsight } from "./compose-insight.ts";
import type { Insight } from "./insight.ts";
import { verifyText } from "./verify/index.ts";

const COIN = 100_000_000;
const CONTEXT = { blockTime: 1_700_006_000, simulated: true, sha256 };
const EXCHANGE: Entity = { actor: "Varnost Exchange", kind: "exchange" };
const OWNER: Entity = { actor: "Whale 03", kind: "person" };

const [template] = storedBlock(0).transfers;
if (template === undefined) throw new Error("a stored block has a transfer");

function transferOf(name: string, changes: Partial<Transfer> = {}): Transfer {
  const value = 1_204 * COIN;
  const parties = { from: OWNER, to: EXCHANGE, kind: null };
  return { ...(template as Transfer), txid: name.repeat(32) as Txid, value, toValue: value, ...parties, ...changes };
}

type Said = { readonly height: number; readonly metrics: readonly Partial<Measurement>[]; readonly transfer: Transfer };

function signalOf(kind: SignalKind, { height, metrics, transfer }: Said, changes: Partial<Signal> = {}): Signal {
  const measured = { name: kind, unit: "sats", value: 1, baseline: null, level: null } as const;
  return {
    kind,
    height,
    blockhash: height.toString(16).padStart(64, "0") as BlockHash,
    startHeight: height,
    subject: null,
    direction: "above",
    surprise: { percentile: 100, sampleSize: 2_016 },
    metrics: metrics.map((metric) => ({ ...measured, ...metric })),
    transfers: [transfer],
    ...changes,
  };
}

const deposit = (height: number, transfer = transferOf("1a")): Signal =>
  signalOf("large-transfer", { height, metrics: [{ value: transfer.value, level: 9e10, baseline: 4e9 }], transfer });
const dormant = (height: number, transfer = transferOf("1a")): Signal =>
  signalOf("dormant-coins", { height, metrics: [{ unit: "days", value: 412, baseline: 1, level: 60 }, {}], transfer });
const flow = (height: number, kind: "inflow-spike" | "outflow-spike" = "inflow-spike"): Signal =>
  signalOf(
    kind,
    {
      height,
      metrics: [{ value: 9e10, baseline: 6e9, level: 5e10 }, { value: 3_400 * COIN }],
      transfer: transferOf("1a"),
    },
    { subject: EXCHANGE, startHeight: height - 8 },
  );

const at = (signal: Signal) => ({ signal, time: 1_700_000_000 });
const toldNow = (first: Signal, payments: readonly Signal[]): EventUpdate => {
  return { first, firstTime: CONTEXT.blockTime, now: first, payments: payments.map(at) };
};

function isBacked({ headline, summary, ...told }: Insight): boolean {
  return verifyText(`${headline}. ${summary}`, { headline, summary, ...told }).length === 0;
}

describe("a deposit that an inflow is told of as well", () => {
  test("is part of its insight, with what labels and coins say of it, and none of its own", () => {
    const [first, large, old] = [flow(9_008), deposit(9_008), dormant(9_008)];
    const composed = composeBlock({ signals: [first, large, old], updates: [toldNow(first, [large, old])] }, CONTEXT);
    const [insight, ...others] = composed.insights;
    expect([others, composed.updates]).toEqual([[], []]);
    expect(composed.said.map(({ kind }) => kind)).toEqual(["inflow-spike", "large-transfer", "dormant-coins"]);
    expect(insight).toMatchObject({
      id: composeInsight(first, CONTEXT).id,
      headline: "3,400 BTC came to Varnost Exchange within 9 blocks",
      evidence: { also: ["large-transfer", "dormant-coins"], claim: composeInsight(first, CONTEXT).evidence.claim },
    });
    expect(insight?.summary).toContain(
      "; 1,204 BTC of it came in one transaction, in block 9,008, from Whale 03; its coins had lain still for 412 days on average. ",
    );
    expect(insight?.evidence.metrics).toHaveLength(5);
    expect(insight && isBacked(insight)).toBe(true);
  });

  test("in an earlier block keeps the insight in which it was told, which tells of the inflow from then on", () => {
    const [large, first] = [deposit(9_004), flow(9_008)];
    const { insights, updates } = composeBlock({ signals: [first], updates: [toldNow(first, [large])] }, CONTEXT);
    expect(insights).toEqual([]);
    const [insight] = updates;
    expect(insight).toMatchObject({ id: composeInsight(large, CONTEXT).id, kind: "inflow-spike", height: 9_008 });
    expect(insight?.evidence.blocks.map(({ height }) => height)).toEqual([9_004, 9_008]);
    expect(insight?.evidence.claim).toBeNull();
    expect(insight?.summary).toContain(
      "First noticed in block 9,004; from block 9,000 to 9,008, Varnost Exchange took in",
    );
    expect(insight && isBacked(insight)).toBe(true);
  });

  test("once the inflow was told is told by an update alone, and later updates still say so", () => {
    const [first, large] = [flow(9_008), deposit(9_010)];
    const update = { first, firstTime: 1_700_000_000, now: flow(9_010), payments: [at(large)] };
    const { insights, updates } = composeBlock({ signals: [large], updates: [update] }, CONTEXT);
    expect(insights).toEqual([]);
    expect(updates.map(({ id }) => id)).toEqual([composeInsight(first, CONTEXT).id]);
    const later = composeBlock({ signals: [], updates: [{ ...update, now: flow(9_015) }] }, CONTEXT).updates;
    expect(later[0]?.summary).toContain("1,204 BTC of it came in one transaction, in block 9,010, from Whale 03. ");
    expect(later[0]?.evidence.transactions.map(({ txid }) => txid)).toContain(transferOf("1a").txid);
  });

  test("of two says how much both were, and of a withdrawal to whom it went", () => {
    const first = flow(9_008);
    const two = [deposit(9_008), deposit(9_008, transferOf("2b"))];
    const [insight] = composeBlock({ signals: [first, ...two], updates: [toldNow(first, two)] }, CONTEXT).insights;
    expect(insight?.summary).toContain("; 2,408 BTC of it came in 2 large transactions. ");
    expect(insight && isBacked(insight)).toBe(true);
    const out = flow(9_008, "outflow-spike");
    const withdrawal = deposit(9_008, transferOf("3c", { from: EXCHANGE, to: OWNER }));
    const ofOut = composeBlock({ signals: [out, withdrawal], updates: [toldNow(out, [withdrawal])] }, CONTEXT).insights;
    expect(ofOut).toHaveLength(1);
    expect(ofOut[0]?.summary).toContain("; 1,204 BTC of it left in one transaction, in block 9,008, to Whale 03. ");
    expect(ofOut[0] && isBacked(ofOut[0])).toBe(true);
  });

  test.each([
    ["1,204 BTC", "1,205 BTC"],
    ["in block 9,008, from", "in block 9,007, from"],
    ["from Whale 03", "to Whale 03"],
    ["it came in", "it left in"],
    ["took in 3,400 BTC", "took in 1,204 BTC"],
    ["1,204 BTC of it", "3,400 BTC of it"],
    ["412 days", "413 days"],
  ])("is told as it was: of %s made %s nothing is accepted", (from, to) => {
    const payments = [deposit(9_008), dormant(9_008)];
    const insight = composeInsight(flow(9_008), { ...CONTEXT, payments: payments.map(at) });
    expect(insight.summary).toContain(from);
    expect(verifyText(insight.summary.replace(from, to), insight)).not.toEqual([]);
  });

  test("names its other side among those whose certainty is told", () => {
    const recollection = { blockAt: () => undefined, certaintyOf: () => 0.6, transfersOf: () => [] };
    const insight = composeInsight(flow(9_008), { ...CONTEXT, recollection, payments: [at(deposit(9_008))] });
    expect(insight.evidence.attribution?.parties.map(({ actor }) => actor)).toEqual(["Varnost Exchange", "Whale 03"]);
  });
});

describe("a pool's sale", () => {
  const POOL: Entity = { actor: "Alder Pool", kind: "pool" };
  const coins = transferOf("4d", { from: POOL });
  const sale = (height: number): Signal =>
    signalOf(
      "treasury-sale",
      { height, metrics: [{ value: 1_300 * COIN, baseline: 30 * COIN, level: 9e10 }], transfer: coins },
      { subject: POOL, startHeight: height - 11 },
    );

  test("that a single payment makes most of is told with it", () => {
    const [first, large] = [sale(9_008), deposit(9_008, coins)];
    const composed = composeBlock({ signals: [large, first], updates: [toldNow(first, [large])] }, CONTEXT);
    expect(composed.insights.map(({ kind }) => kind)).toEqual(["treasury-sale"]);
    const [insight] = composed.insights;
    expect(insight?.summary).toContain(
      "against the usual 30 BTC; 1,204 BTC of it went in one transaction, in block 9,008, to Varnost Exchange. ",
    );
    expect(insight && isBacked(insight)).toBe(true);
  });

  test("to the exchange of an inflow is a clause of that, with what it was and is usual", () => {
    const [first, sold, large] = [flow(9_008), sale(9_008), deposit(9_008, coins)];
    const update = toldNow(first, [sold, large]);
    const { insights, updates } = composeBlock({ signals: [large, sold, first], updates: [update] }, CONTEXT);
    expect([insights.map(({ kind }) => kind), updates]).toEqual([["inflow-spike"], []]);
    const [insight] = insights;
    expect(insight?.evidence.also).toEqual(["treasury-sale", "large-transfer"]);
    expect(insight?.summary).toContain(
      "; 1,204 BTC of it came in one transaction, in block 9,008, from Alder Pool;" +
        " Alder Pool sent 1,300 BTC to labelled owners within 12 blocks, against the usual 30 BTC. ",
    );
    if (insight === undefined) throw new Error("it is told");
    expect(isBacked(insight)).toBe(true);
    for (const [from, to] of [
      ["1,300 BTC", "1,204 BTC"],
      ["12 blocks", "9 blocks"],
      ["usual 30 BTC", "usual 60 BTC"],
      ["Alder Pool sent", "Varnost Exchange sent"],
    ] as const) {
      expect(verifyText(insight.summary.replace(from, to), insight), from).not.toEqual([]);
    }
    const recollection = { blockAt: () => undefined, certaintyOf: () => 0.9, transfersOf: () => [] };
    const of = composeInsight(first, { ...CONTEXT, recollection, payments: [at(sold), at(deposit(9_007))] });
    expect(of.evidence.attribution?.parties.map(({ actor }) => actor)).toEqual([EXCHANGE.actor, POOL.actor]);
    const later = composeBlock({ signals: [first], updates: [toldNow(flow(9_012), [sale(9_008)])] }, CONTEXT).updates;
    expect(later.map(({ id }) => id)).toEqual([composeInsight(sale(9_008), CONTEXT).id]);
  });
});
