import { expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { Transfer } from "#features";
import type { Measurement, Signal, SignalKind } from "#signals";
import { stateSignal } from "./state-signal.ts";
import { writeText } from "./write-text.ts";

const measured = (unit: Measurement["unit"], value: number): Measurement => {
  return { name: unit, unit, value, baseline: 2, level: 14 };
};
const hours = [
  measured("count", 26),
  measured("count", 30),
  measured("count", 4),
  measured("sats", 9e11),
  measured("sats", 2e11),
];
const transfer: Partial<Transfer> = { txid: "ab".repeat(32) as Txid, value: 120_400_000_000 };

const CASES: readonly (readonly [SignalKind, readonly Measurement[], string])[] = [
  ["inflow-streak", hours, "Varnost Exchange (simulated) keeps taking in: 30 hours against 4, net inflow 7,000 BTC"],
  [
    "outflow-streak",
    hours,
    "Varnost Exchange (simulated) keeps paying out: 30 hours against 4, yet net inflow 7,000 BTC",
  ],
  [
    "whale-accumulation",
    hours,
    "Varnost Exchange (simulated) keeps receiving: 30 hours against 4, net inflow 7,000 BTC",
  ],
  [
    "whale-distribution",
    hours,
    "Varnost Exchange (simulated) keeps sending: 30 hours against 4, yet net inflow 7,000 BTC",
  ],
  [
    "reserve-change",
    [measured("sats", 12e11)],
    "The reserve of Varnost Exchange (simulated) rose by 12,000 BTC within a week",
  ],
  ["dormant-coins", [measured("days", 412), measured("sats", 1204e8)], "1,204 BTC moved after 412 days"],
  ["treasury-sale", [measured("sats", 62e9)], "Varnost Exchange (simulated) sent 620 BTC to other labelled owners"],
  ["miner-payout", [measured("sats", 31e8)], "Varnost Exchange (simulated) paid 31 BTC to unlabelled owners"],
  [
    "pool-tag-mismatch",
    [measured("count", 1)],
    "Block 9,012 pays Varnost Exchange (simulated) under the tag of another pool",
  ],
];

function signalOf(kind: SignalKind, metrics: readonly Measurement[]): Signal {
  return {
    kind,
    height: 9_012,
    blockhash: "00".repeat(32) as BlockHash,
    startHeight: 8_725,
    subject: { actor: "Varnost Exchange (simulated)", kind: "exchange" },
    direction: "above",
    surprise: { percentile: 99.5, sampleSize: 336 },
    metrics,
    transfers: [transfer as Transfer],
  };
}

test.each(CASES)("%s has words for all that it says", (kind, metrics, headline) => {
  const statement = stateSignal(signalOf(kind, metrics));
  expect(writeText(statement.headline, statement.slots)).toBe(headline);
  for (const text of [statement.summary, statement.rule]) expect(writeText(text, statement.slots)).not.toMatch(/[{}]/);
});

test("a streak says of how many hours, how long they are, and what came of it all the same", () => {
  const { summary, slots } = stateSignal(signalOf("whale-distribution", hours));
  expect(writeText(summary, slots)).toBe(
    "Since block 8,725, Varnost Exchange (simulated) received 9,000 BTC and sent 2,000 BTC, a net inflow of 7,000 BTC, counted by its labelled addresses; whether coins were bought or sold is not on the chain." +
      " Counted in hours of 6 blocks, it sent more than it received in 30 of the 48 hours, against 4 the other way; the others changed too little to count." +
      " That is a clearer lean than in 99.5 % of the 336 earlier spans of that length.",
  );
});
