import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import { sha256 } from "#lib";
import type { Transfer } from "#features";
import type { Measurement, Signal } from "#signals";
import { composeInsight } from "./compose-insight.ts";
import { writeSlot, writeText } from "./write-text.ts";

const blockhash = "00".repeat(31).padEnd(64, "7") as BlockHash;
const context = { blockTime: 1_700_000_000, simulated: false, sha256 };

const basics = { blockhash, subject: null, direction: "above", surprise: null, transfers: [] } as const;

const feeMetric: Measurement = {
  name: "Median fee rate by weight",
  unit: "sat/vB",
  value: 61.27,
  baseline: 9.5,
  level: 38.2,
};

const feeSpike: Signal = {
  ...basics,
  kind: "fee-spike",
  height: 840_000,
  startHeight: 840_000,
  surprise: { percentile: 99.3055, sampleSize: 2_016 },
  metrics: [feeMetric],
};

const pizzaTransfer: Transfer = {
  txid: "a1075db55d416d3ca199f55b6084e2115b9345e16c5cf302fc80e9d5fbf5d48d" as Txid,
  txIndex: 1,
  value: 1_000_000_000_000,
  totalIn: 1_000_099_000_000,
  totalOut: 1_000_000_000_000,
  fee: 99_000_000,
  inputs: 131,
  outputs: 1,
  toAddress: "17SkEw2md5avVNyYgj6RiXuQKNwkXaxFyQ",
  coinAgeDays: null,
  watched: false,
  from: null,
  to: null,
  kind: null,
  toValue: 1_000_000_000_000,
};

function moved(transfer: Transfer, surprise: Signal["surprise"] = null): Signal {
  const metric = { name: "Transfer value without change", unit: "sats", value: transfer.value } as const;
  return {
    ...basics,
    kind: "large-transfer",
    height: 57_043,
    startHeight: 57_043,
    surprise,
    metrics: [{ ...metric, baseline: null, level: 100_000_000_000 }],
    transfers: [transfer],
  };
}

const pizza = moved(pizzaTransfer);

test("confidence on a real network is what its own outcomes taught, and names them; thirty are the least", () => {
  const classes = [{ from: 0.1, count: 30, came: 22, probability: 0.71875 }];
  const map = { format: 1, version: "mainnet, its first 30 outcomes", count: 30, classes } as const;
  const told = composeInsight(feeSpike, { ...context, calibration: { "fee-spike": map } });
  expect(told).toMatchObject({
    confidence: 0.71875,
    evidence: { claim: { learntFrom: "mainnet, its first 30 outcomes", outcomes: 30 } },
  });
  const few = { ...map, count: 29 };
  const silent = composeInsight(feeSpike, { ...context, calibration: { "fee-spike": few } });
  expect(silent).toMatchObject({ confidence: null, evidence: { claim: { learntFrom: null, outcomes: null } } });
});

describe("composeInsight", () => {
  test("words a fee spike, also where nothing was paid before", () => {
    expect(composeInsight(feeSpike, context)).toMatchObject({
      category: "mempool",
      headline: "Fees rose to 61 sat/vB, 6.4 times the usual",
      confidence: null,
      surprise: feeSpike.surprise,
      evidence: { subject: null, metrics: [{ value: 61.27, baseline: 9.5, percentile: 99.3055, sampleSize: 2_016 }] },
    });
    expect(composeInsight(feeSpike, context).summary).toContain(
      "is 61 sat/vB, against the usual 9.5 sat/vB of the half day before.",
    );
    const first = composeInsight({ ...feeSpike, metrics: [{ ...feeMetric, baseline: 0 }] }, context);
    expect(first.headline).toBe("Fees rose to 61 sat/vB");
  });

  test("words coins that come to an exchange and leave it", () => {
    const metrics: Measurement[] = [
      { name: "Inflow without the largest", unit: "sats", value: 2e11, baseline: 5e9, level: 1.1e11 },
      { name: "Inflow", unit: "sats", value: 5.43e11, baseline: null, level: null },
    ];
    const spike: Signal = {
      ...feeSpike,
      kind: "inflow-spike",
      startHeight: 839_992,
      subject: { actor: "Example Exchange", kind: "exchange" },
      metrics,
    };
    const came = composeInsight(spike, context);
    expect(came).toMatchObject({
      category: "exchange",
      headline: "5,430 BTC came to Example Exchange within 9 blocks",
      evidence: { subject: { actor: "Example Exchange", kind: "exchange" } },
    });
    expect(came.summary).toContain(
      "From block 839,992 to 840,000, Example Exchange took in 5,430 BTC, counted by its labelled addresses alone and without moves between them. Without the largest transfers the inflow is 2,000 BTC, against the usual 50 BTC in the same time: more than in 99.3 % of the 2,016 blocks before.",
    );
    expect(composeInsight({ ...spike, kind: "outflow-spike" }, context).headline).toBe(
      "5,430 BTC left Example Exchange within 9 blocks",
    );
  });

  test("words the pizza payment", () => {
    expect(composeInsight(pizza, context)).toMatchObject({
      category: "whale",
      headline: "10,000 BTC moved in one transaction",
      summary:
        "Transaction a1075db55d…fbf5d48d in block 57,043 pays 10,000 BTC apart from change, all of it to 17SkEw2md5…wkXaxFyQ. There is too little history to say how rare that is. Neither side is known: it may be a payment, or a move between wallets of one owner.",
      evidence: {
        blocks: [{ hash: blockhash, height: 57_043, time: 1_700_000_000 }],
        transactions: [{ txid: pizzaTransfer.txid, valueSats: 1_000_000_000_000, feeSats: 99_000_000 }],
      },
    });
  });

  test("ranks a transfer and names the part of the largest receiver", () => {
    const transfer = { ...pizzaTransfer, toValue: 123_456_789_012, toAddress: null };
    const ranked = composeInsight(moved(transfer, { percentile: 87.26, sampleSize: 1_008 }), context);
    expect(ranked.summary).toContain("the largest part, 1,235 BTC, to a script without an address");
    expect(ranked.summary).toContain("more than any transfer in 87.2 % of the 1,008 blocks before");
  });

  test("gives the same event the same id, and another event another", () => {
    const { id } = composeInsight(pizza, context);
    const elsewhere = { ...pizza, blockhash: "11".repeat(32) as BlockHash, height: 57_044 };
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(composeInsight(elsewhere, context).id).toBe(id);
    expect(composeInsight(feeSpike, context).id).not.toBe(composeInsight({ ...feeSpike, height: 840_001 }, context).id);
  });

  test.each([feeSpike, pizza])("backs every number of its text by a slot", (signal) => {
    const insight = composeInsight(signal, context);
    const backed = Object.entries(insight.evidence.slots).map(([role, slot]) => writeSlot(slot, role));
    for (const text of [insight.headline, insight.summary, insight.evidence.rule]) {
      let rest = text;
      for (const written of backed.toSorted((left, right) => right.length - left.length))
        rest = rest.replaceAll(written, "");
      expect(rest).not.toMatch(/\d/);
    }
  });
});

describe("writeText", () => {
  test("refuses a number that no slot backs and a role without a slot", () => {
    expect(() => writeText("rose by 12 percent", {})).toThrow("holds a number that no slot backs");
    expect(() => writeText("rose to {rate}", {})).toThrow("has no slot for {rate}");
  });

  test.each([
    [{ unit: "sats", value: 1 }, "0.00000001 BTC"],
    [{ unit: "sats", value: 12_345_678 }, "0.1235 BTC"],
    [{ unit: "sats", value: 99_999_600_000 }, "1,000 BTC"],
    [{ unit: "sats", value: 123_456_789_012_345 }, "1,234,568 BTC"],
    [{ unit: "sat/vB", value: 9.996 }, "10 sat/vB"],
    [{ unit: "sat/vB", value: 0.043 }, "0.04 sat/vB"],
    [{ unit: "ratio", value: 0.0096 }, "0.01"],
    [{ unit: "ratio", value: 0 }, "0"],
    [{ unit: "sat/vB", value: 1_234.5 }, "1,235 sat/vB"],
    [{ unit: "percent", value: 99.99 }, "99.9 %"],
    [{ unit: "percent", value: 100 }, "100.0 %"],
    [{ unit: "height", value: 840_000 }, "840,000"],
    [{ unit: "count", value: 1_234.1666 }, "1,234.2"],
    [{ unit: "seconds", value: 3_601 }, "60 min"],
    [{ unit: "seconds", value: 7_200 }, "2 h"],
    [{ unit: "seconds", value: 90_000 }, "25 h"],
    [{ unit: "seconds", value: 9_060 }, "2 h 31 min"],
    [{ unit: "seconds", value: 259_199 }, "3 days"],
    [{ unit: "seconds", value: 1_184_000 }, "13.7 days"],
    [{ unit: "coin-days", value: 1.2 }, "1 coin day"],
    [{ unit: "H/s", value: 6.123e20 }, "612 EH/s"],
    [{ unit: "H/s", value: 12 }, "12 H/s"],
    [{ unit: "days", value: 3.25 }, "3.25 days"],
    [{ unit: "coin-days", value: 1_234_567.8 }, "1,234,568 coin days"],
    [{ unit: "WU", value: 3_996_000 }, "3,996,000 WU"],
    [{ unit: "name", value: "Alder Pool" }, "Alder Pool"],
  ] as const)("%o", (slot, text) => {
    expect(writeSlot(slot)).toBe(text);
  });

  test("a hundred percent is all of blocks and of room, and of nothing that rose or fell", () => {
    const slot = { unit: "percent", value: 100 } as const;
    expect(
      writeText("more than in {percentile} of the blocks, with {room} of their room free", {
        percentile: slot,
        room: slot,
      }),
    ).toBe("more than in all of the blocks, with all of their room free");
    expect(writeText("rose by {change}", { change: slot })).toBe("rose by 100.0 %");
  });
});
