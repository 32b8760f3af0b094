import { expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import { sha256 } from "#lib";
import type { Measurement, Signal } from "#signals";
import { composeInsight } from "../compose-insight.ts";
import { verifyText } from "../verify/verify-text.ts";
import { writeSlot } from "../write-text.ts";

const measured = (unit: Measurement["unit"], value: number, baseline: number, level: number): Measurement => ({
  name: "What was measured",
  unit,
  value,
  baseline,
  level,
});

function signal(kind: Signal["kind"], metrics: readonly Measurement[], rest: Partial<Signal> = {}): Signal {
  return {
    kind,
    height: 840_143,
    blockhash: "07".repeat(32) as BlockHash,
    startHeight: 840_000,
    subject: null,
    direction: "above",
    surprise: { percentile: 99.87, sampleSize: 2_016 },
    metrics,
    transfers: [],
    ...rest,
  };
}

const pool = { actor: "Hazel Pool", kind: "pool" } as const;
const rates = [measured("H/s", 4.1e20, 6e20, 4.4e20)];

test.each([
  [
    signal("fee-spike", [measured("sat/vB", 61.27, 9.5, 40)], { startHeight: 840_141 }),
    "Fees rose to 61 sat/vB, 6.4 times the usual",
  ],
  [
    signal("fee-level", [measured("sat/vB", 3.1, 8.25, 4)], { direction: "below" }),
    "The day's fee level fell to 3.1 sat/vB, from 8.25 sat/vB",
  ],
  [
    signal("mempool-flush", [measured("percent", 62.5, 3, 50), measured("percent", 78.1, 0, 0)]),
    "The last 144 blocks left 78.1 % of their room free",
  ],
  [
    signal("block-interval", [measured("seconds", 5_800, 610, 5_100)]),
    "Block 840,143 came 97 min after the one before",
  ],
  [
    signal("block-fullness", [measured("WU", 12_345, 3_990_000, 50_000)], { direction: "below" }),
    "Block 840,143 is unusually empty: 12,345 WU",
  ],
  [signal("empty-block", [measured("count", 5, 0.43, 4)]), "5 of the last 144 blocks are empty"],
  [
    signal("empty-block", [measured("count", 3, 0.07, 2)], { subject: pool }),
    "Hazel Pool mined 3 empty blocks among the last 144",
  ],
  [
    signal("empty-block", [measured("count", 1, 0.0123, 0)], { subject: pool }),
    "Hazel Pool mined 1 empty block among the last 144",
  ],
  [
    signal("pool-run", [measured("count", 12, 2.4, 9)], { subject: pool }),
    "Hazel Pool found 12 of the last 144 blocks",
  ],
  [signal("hash-rate", rates, { direction: "below", surprise: null }), "The hash rate fell by 31.7 %, to 410 EH/s"],
])("words $kind and backs every number by a slot", (given, headline) => {
  const insight = composeInsight(given, { blockTime: 1_700_000_000, simulated: false, sha256 });
  expect(insight.headline).toBe(headline);
  expect(insight.headline.length).toBeLessThanOrEqual(70);
  const backed = Object.entries(insight.evidence.slots).map(([role, slot]) => writeSlot(slot, role));
  for (const text of [insight.headline, insight.summary, insight.evidence.rule]) {
    let rest = text;
    for (const written of backed.toSorted((left, right) => right.length - left.length))
      rest = rest.replaceAll(written, "");
    expect(rest).not.toMatch(/\d/);
  }
});

test("what is measured of each block as a mean and told as their median says both", () => {
  const given = signal("dormancy", [measured("days", 2.4, 0.8, 2)], { startHeight: 840_072 });
  const insight = composeInsight(given, { blockTime: 1_700_000_000, simulated: false, sha256 });
  expect(insight.summary).toMatch(
    /^In half of the blocks from 840,072 to 840,143 the coins spent had lain still for 2\.4 days or longer on average, /,
  );
  expect(verifyText(insight.summary, insight)).toEqual([]);
  // The mean of all of them is another number.
  expect(verifyText("The coins spent had lain still for 2.4 days on average.", insight)).not.toEqual([]);
});

test("an outlook says how often luck alone makes as much", () => {
  const given = signal("difficulty-outlook", [
    measured("percent", 9.1, 0, 8.8),
    measured("percent", 7.2, 0, 0),
    measured("seconds", 951_000, 1_036_800, 0),
  ]);
  const insight = composeInsight(given, { blockTime: 1_700_000_000, simulated: false, sha256 });
  expect(insight.summary).toContain(
    ", which luck alone would make of an unchanged hash rate in at most one of 100 periods.",
  );
  expect(verifyText(insight.summary, insight)).toEqual([]);
  expect(verifyText(insight.summary.replace("one of 100", "one of 200"), insight)).not.toEqual([]);
});
