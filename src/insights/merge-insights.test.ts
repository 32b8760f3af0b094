import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { Transfer } from "#features";
import { sha256 } from "#lib";
import type { Measurement, Signal, SignalKind } from "#signals";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { composeInsight } from "./compose-insight.ts";
import type { Insight } from "./insight.ts";
import { kindsOf } from "./kinds-of.ts";
import { mergeInsights } from "./merge-insights.ts";
import { verifyText } from "./verify/index.ts";

const COIN = 100_000_000;

function transferOf(name: string): Transfer {
  const [template] = storedBlock(0).transfers;
  if (template === undefined) throw new Error("a stored block has a transfer");
  const value = 3_412 * COIN;
  return {
    ...template,
    txid: name.repeat(32) as Txid,
    value,
    toValue: value,
    toAddress: null,
    from: null,
    to: null,
    coinAgeDays: 412,
  };
}

const [one, another] = [transferOf("1a"), transferOf("2b")];

function say(kind: SignalKind, metrics: readonly Partial<Measurement>[], transfers: readonly Transfer[]): Insight {
  const signal: Signal = {
    kind,
    height: 9_008,
    blockhash: "0a".repeat(32) as BlockHash,
    startHeight: 9_008,
    subject: null,
    direction: "above",
    surprise: { percentile: 100, sampleSize: 2_016 },
    metrics: metrics.map((metric) => ({ name: kind, unit: "sats", value: 1, baseline: null, level: null, ...metric })),
    transfers,
  };
  return composeInsight(signal, { blockTime: 1_700_000_000, simulated: true, sha256 });
}

const large = (transfer: Transfer): Insight =>
  say("large-transfer", [{ value: transfer.value, level: 900 * COIN, baseline: 40 * COIN }], [transfer]);
const dormant = (transfer: Transfer): Insight =>
  say("dormant-coins", [{ unit: "days", value: 412, baseline: 1, level: 60 }, { value: transfer.value }], [transfer]);
const revived = (...transfers: readonly Transfer[]): Insight =>
  say("revived-supply", [{ value: 3_500 * COIN, baseline: 2 * COIN, level: 300 * COIN }], transfers);
const destroyed = (transfer: Transfer): Insight =>
  say("coin-days-destroyed", [{ unit: "coin-days", value: 1_405_744, baseline: 5_000, level: 90_000 }], [transfer]);

const kinds = (insights: readonly Insight[]) => insights.map(kindsOf);

describe("coins that go through several hands within a block", () => {
  const first = { ...one, toValue: 3_410 * COIN };
  const hop = (name: string, sats: readonly [from: number, to: number, largest: number], txIndex: number): Transfer => {
    const [totalIn, value, toValue] = sats.map((amount) => amount * COIN) as [number, number, number];
    return { ...transferOf(name), inputs: 1, totalIn, value, toValue, coinAgeDays: 0, txIndex };
  };
  const second = hop("2b", [3_410, 3_409, 3_409], first.txIndex + 1);
  const third = hop("3c", [3_409, 3_408, 3_000], first.txIndex + 2);

  test("are told once, by the first hand, with every transaction", () => {
    const [insight, ...rest] = mergeInsights([third, second, first].map(large));
    expect(rest).toEqual([]);
    expect(insight?.headline).toBe("3,412 BTC moved in one transaction");
    expect(insight?.summary).toContain("the coins were passed on in 2 more transactions of the same block.");
    expect(insight?.evidence.transactions.map(({ txid }) => txid)).toEqual([first.txid, third.txid, second.txid]);
    if (insight === undefined) throw new Error("it is told");
    expect(verifyText(insight.summary, insight)).toEqual([]);
    expect(verifyText(insight.summary.replace("2 more", "3 more"), insight)).not.toEqual([]);
  });

  test("are two payments where the coin is older than the block, or was spent before the other paid", () => {
    for (const other of [
      { ...second, coinAgeDays: 3 },
      { ...second, txIndex: first.txIndex - 1 },
    ]) {
      expect(mergeInsights([first, other].map(large))).toHaveLength(2);
    }
    // Where no source knows heights, the amount says so.
    expect(mergeInsights([first, { ...second, coinAgeDays: null }].map(large))).toHaveLength(1);
  });

  test("passed on once, is said without a number", () => {
    const [insight] = mergeInsights([first, second].map(large));
    expect(insight?.summary).toContain("the coins were passed on in another transaction of the same block.");
    expect(insight && verifyText(insight.summary, insight)).toEqual([]);
  });

  test("of several inputs, or of another amount, are told each", () => {
    const joined = { ...second, inputs: 2 };
    const other = { ...second, totalIn: second.totalIn - 1 };
    for (const transfer of [joined, other]) expect(mergeInsights([first, transfer].map(large))).toHaveLength(2);
  });

  test("of which labels name a party, or that are told as old, are told each", () => {
    const named = { ...second, to: { actor: "Varnost", kind: "exchange" } as const };
    expect(mergeInsights([first, named].map(large))).toHaveLength(2);
    expect(mergeInsights([large(first), large(second), dormant(second)])).toHaveLength(2);
  });

  test("of one amount in a ring lead to an end", () => {
    const ring = [first, second].map((each) => ({ ...each, inputs: 1, totalIn: 5 * COIN, toValue: 5 * COIN }));
    expect(mergeInsights(ring.map(large))).toHaveLength(1);
  });
});

describe("what tells of one spending", () => {
  test("becomes one insight, with what each says of it", () => {
    const [insight, ...others] = mergeInsights([large(one), destroyed(one), dormant(one)]);
    expect(others).toEqual([]);
    expect(insight).toMatchObject({ id: large(one).id, headline: large(one).headline });
    expect(insight?.summary).toBe(
      `${large(one).summary.replace(/\.$/, "")}; its coins had lain still for 412 days on average;` +
        " what changed hands in its block destroyed 1,405,744 coin days, against the usual 5,000 coin days.",
    );
    expect(insight?.evidence.transactions).toEqual(large(one).evidence.transactions);
    expect(insight?.evidence.metrics).toHaveLength(4);
    expect(insight?.evidence.claim).toEqual(large(one).evidence.claim);
  });

  test.each([
    ["led by the transfer", [large(one), revived(one, another), dormant(one)]],
    ["led by old coins", [dormant(one), destroyed(one)]],
    ["led by supply that revives", [destroyed(one), revived(one)]],
  ])("is backed by its evidence, %s, and with another number it is not", (_, said) => {
    const [insight] = mergeInsights(said);
    if (insight === undefined) throw new Error("there is one");
    expect(insight.evidence.also?.length).toBe(said.length - 1);
    expect(verifyText(insight.summary, insight)).toEqual([]);
    for (const number of ["412 days", "3,500 BTC", "1,405,744", "5,000 coin"]) {
      if (!insight.summary.includes(number)) continue;
      const false_ = insight.summary.replace(
        number,
        number.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 5) % 10)),
      );
      expect(verifyText(false_, insight), number).not.toEqual([]);
    }
  });

  test("stays apart where another transaction is meant", () => {
    const said = [large(one), large(another), revived(another, one), dormant(one)];
    expect(kinds(mergeInsights(said))).toEqual([
      ["large-transfer", "dormant-coins"],
      ["large-transfer", "revived-supply"],
    ]);
    expect(kinds(mergeInsights([dormant(one), revived()]))).toEqual([["dormant-coins"], ["revived-supply"]]);
  });

  test("leaves alone what is of one kind, or of none that tells of a spending", () => {
    const spike = say("fee-spike", [{ unit: "sat/vB", value: 9, baseline: 2, level: 4 }], []);
    const said = [spike, large(one)];
    expect(mergeInsights(said)).toEqual(said);
  });
});
