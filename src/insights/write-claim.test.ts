import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { Transfer } from "#features";
import { sha256 } from "#lib";
import { openStatement, type Signal, SIGNAL_KINDS } from "#signals";
import { pseudoRandom } from "../../test/helpers/pseudo-random.ts";
import { randomSignal } from "../../test/helpers/verifier/random-signal.ts";
import { composeInsight } from "./compose-insight.ts";
import { writeClaim } from "./write-claim.ts";
import { writeSlot } from "./write-text.ts";

const context = { blockTime: 1_700_000_000, simulated: false, sha256 };

const transfer: Transfer = {
  txid: "a1075db55d416d3ca199f55b6084e2115b9345e16c5cf302fc80e9d5fbf5d48d" as Txid,
  txIndex: 1,
  value: 341_234_567_890,
  totalIn: 341_234_577_890,
  totalOut: 341_234_567_890,
  fee: 10_000,
  inputs: 4,
  outputs: 1,
  toAddress: null,
  toValue: 341_234_567_890,
  coinAgeDays: 812.4,
  watched: false,
  from: null,
  to: { actor: "Whale", kind: "simulated" },
  kind: null,
};

function signal(kind: Signal["kind"], unit: "count" | "sats" | "coin-days" | "days" | "sat/vB", value: number): Signal {
  const measured = { name: "what is measured", unit, value, baseline: value / 8, level: value / 2 };
  return {
    kind,
    height: 840_000,
    blockhash: "07".repeat(32) as BlockHash,
    startHeight: 839_989,
    subject: { actor: "Varnost Exchange", kind: "exchange" },
    direction: "above",
    surprise: { percentile: 99.95, sampleSize: 2_016 },
    metrics: [measured, { ...measured, baseline: null, level: null }],
    transfers: [transfer],
  };
}

const CASES: readonly (readonly [signal: Signal, headline: string, claim: string | undefined])[] = [
  [
    signal("inscription-wave", "count", 142),
    "142 inscriptions within 12 blocks, 8.0 times the usual",
    "The 12 blocks up to block 840,036 still hold more than 71 inscriptions.",
  ],
  [
    signal("consolidation-wave", "count", 1_180),
    "1,180 consolidations within 12 blocks, 8.0 times the usual",
    "The 12 blocks up to block 840,036 still hold more than 590 consolidations.",
  ],
  [
    signal("coinjoin-wave", "count", 16),
    "16 CoinJoin-like transactions within 12 blocks, 8.0 times the usual",
    "The 12 blocks up to block 840,036 still hold more than 8 CoinJoin-like transactions.",
  ],
  [
    signal("coin-days-destroyed", "coin-days", 2_772_345),
    "2,772,345 coin days destroyed in one block",
    "One of the blocks from 840,001 to 840,288 destroys 693,086 coin days or more.",
  ],
  [signal("revived-supply", "sats", 341_234_567_890), "3,412 BTC moved after more than a year", undefined],
  [
    signal("dormancy", "days", 24),
    "Older coins are spent: 24 days at the median, 8.0 times the usual",
    "The median dormancy of blocks 840,001 to 840,144 stays above 3.0 days.",
  ],
  [
    signal("fee-spike", "sat/vB", 64),
    "Fees rose to 64 sat/vB, 8.0 times the usual",
    "In at least half of the blocks from 840,001 to 840,012, the median fee rate stays above 32 sat/vB.",
  ],
  [
    signal("inflow-spike", "sats", 32e10),
    "3,200 BTC came to Varnost Exchange within 12 blocks",
    "From block 840,001 to 840,036, Varnost Exchange gains 3,200 BTC or more, net.",
  ],
  [
    signal("large-transfer", "sats", 341_234_567_890),
    "3,412 BTC moved to Whale in one transaction",
    "From block 840,001 to 840,144, Whale pays a labelled exchange in a transfer of 100 BTC or more.",
  ],
];

describe.each(CASES)("$0.kind", (told, headline, claim) => {
  test("is said in one short line, and claims what blocks can decide", () => {
    expect(composeInsight(told, context).headline).toBe(headline);
    expect(headline.length).toBeLessThanOrEqual(70);
    expect(writeClaim(told)).toBe(claim);
  });

  test("leaves no place open, and backs every number by a slot", () => {
    const { summary, evidence } = composeInsight(told, context);
    const backed = Object.entries(evidence.slots).map(([role, slot]) => writeSlot(slot, role));
    for (const text of [summary, evidence.rule]) {
      expect(text).not.toMatch(/[{}]|undefined|NaN/);
      let rest = text;
      for (const written of backed.toSorted((left, right) => right.length - left.length))
        rest = rest.replaceAll(written, "");
      expect(rest).not.toMatch(/\d/);
    }
  });
});

test("old coins name the transfer that ended most, and say so where none did", () => {
  const told = signal("coin-days-destroyed", "coin-days", 2_772_345);
  expect(composeInsight(told, context).summary).toBe(
    "Coins that changed hands in block 840,000 destroyed 2,772,345 coin days (their amount times the days that they lay still), against the usual 346,543 coin days: more than in 99.9 % of the 2,016 blocks before. The largest part is transaction a1075db55d…fbf5d48d: 3,412 BTC after 812 days on average.",
  );
  expect(composeInsight({ ...told, transfers: [] }, context).summary).toContain("none of which stands out by itself");
});

test("each kind claims in words of its own: what was decided is found by the claim's text alone", () => {
  const random = pseudoRandom(5);
  const claims = SIGNAL_KINDS.flatMap((kind) =>
    Array.from({ length: 30 }, () => randomSignal(random, kind)).flatMap((made) => {
      const [text, statement] = [writeClaim(made), openStatement(made)];
      return text === undefined || statement === undefined ? [] : [{ kind, text, pattern: patternOf(statement.claim) }];
    }),
  );
  expect(new Set(claims.map(({ kind }) => kind)).size).toBe(10);
  const patterns = [...new Map(claims.map((claim) => [`${claim.kind} ${claim.pattern.source}`, claim])).values()];
  for (const { kind, text } of claims) {
    const fitting = patterns.filter(({ pattern }) => pattern.test(text)).map((other) => other.kind);
    expect(new Set(fitting), text).toEqual(new Set([kind]));
  }
});

/** Whatever may stand in a claim's places. */
function patternOf(claim: string): RegExp {
  const literal = claim.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll(/\{\w+\}/g, ".+")}$`);
}
