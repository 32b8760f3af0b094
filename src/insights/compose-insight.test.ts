import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import { sha256 } from "#lib";
import type { FeeLevelSignal, LargeTransferSignal } from "#signals";
import { composeInsight } from "./compose-insight.ts";
import { writeSlot, writeText } from "./write-text.ts";

const blockhash = "00".repeat(31).padEnd(64, "7") as BlockHash;
const context = { blockTime: 1_700_000_000, simulated: false, sha256 };

const feeLevel: FeeLevelSignal = {
  kind: "fee-level",
  height: 840_000,
  blockhash,
  direction: "above",
  feeRate: 61.27,
  baseline: 9.5,
  zScore: 8,
  threshold: 3.5,
  surprise: { percentile: 99.3055, sampleSize: 144 },
};

const pizza: LargeTransferSignal = {
  kind: "large-transfer",
  height: 57_043,
  blockhash,
  surprise: null,
  threshold: 100_000_000_000,
  transfer: {
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
  },
};

describe("composeInsight", () => {
  test("words a fee level above and below", () => {
    expect(composeInsight(feeLevel, context)).toMatchObject({
      category: "mempool",
      headline: "Fees rose to 61 sat/vB, 6.4 times the recent level",
      summary:
        "Half of the weight of block 840,000 paid 61 sat/vB or more; over the 144 blocks before it the median was 9.5 sat/vB. That is higher than in 99.3 % of them. Transactions that pay the earlier level may wait longer than they did.",
      confidence: null,
      surprise: feeLevel.surprise,
    });
    const low = composeInsight(
      { ...feeLevel, direction: "below", feeRate: 0.5, surprise: { percentile: 100, sampleSize: 144 } },
      context,
    );
    expect(low.headline).toBe("Fees fell to 0.5 sat/vB, the recent level is 19 times as high");
    expect(low.summary).toContain("That is lower than in all of them.");
    const free = composeInsight({ ...feeLevel, direction: "below", feeRate: 0 }, context);
    expect(free.headline).toBe("Fees fell to 0.0 sat/vB");
  });

  test("words the pizza payment", () => {
    expect(composeInsight(pizza, context)).toMatchObject({
      category: "whale",
      headline: "10,000 BTC moved in one transaction",
      summary:
        "Transaction a1075db55d…fbf5d48d in block 57,043 pays 10,000 BTC to addresses that it does not spend from, all of it to 17SkEw2md5…wkXaxFyQ. There is too little history here to rank it. Whose they are is not known: it may be a payment, or a move between wallets of one owner.",
      evidence: {
        blocks: [{ hash: blockhash, height: 57_043, time: 1_700_000_000 }],
        transactions: [{ txid: pizza.transfer.txid, valueSats: 1_000_000_000_000, feeSats: 99_000_000 }],
      },
    });
  });

  test("ranks a transfer and names the part of the largest receiver", () => {
    const transfer = { ...pizza.transfer, toValue: 123_456_789_012, toAddress: null };
    const ranked = composeInsight({ ...pizza, transfer, surprise: { percentile: 87.26, sampleSize: 1_008 } }, context);
    expect(ranked.summary).toContain("the largest part, 1,235 BTC, to a script without an address");
    expect(ranked.summary).toContain("more than the largest transfer in 87.2 % of the 1,008 blocks before");
  });

  test("gives the same event the same id, and another event another", () => {
    const { id } = composeInsight(pizza, context);
    const elsewhere = { ...pizza, blockhash: "11".repeat(32) as BlockHash, height: 57_044 };
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(composeInsight(elsewhere, context).id).toBe(id);
    expect(composeInsight(feeLevel, context).id).not.toBe(composeInsight({ ...feeLevel, height: 840_001 }, context).id);
  });

  test.each([feeLevel, { ...feeLevel, direction: "below" as const }, pizza])(
    "backs every number of its text by a slot",
    (signal) => {
      const insight = composeInsight(signal, context);
      const backed = Object.values(insight.evidence.slots).map(writeSlot);
      for (const text of [insight.headline, insight.summary, insight.evidence.rule]) {
        let rest = text;
        for (const written of backed.toSorted((left, right) => right.length - left.length))
          rest = rest.replaceAll(written, "");
        expect(rest).not.toMatch(/\d/);
      }
    },
  );
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
    [{ unit: "sat/vB", value: 9.96 }, "10 sat/vB"],
    [{ unit: "sat/vB", value: 1_234.5 }, "1,235 sat/vB"],
    [{ unit: "percent", value: 99.99 }, "99.9 %"],
    [{ unit: "height", value: 840_000 }, "840,000"],
    [{ unit: "name", value: "Alder Pool" }, "Alder Pool"],
  ] as const)("%o", (slot, text) => {
    expect(writeSlot(slot)).toBe(text);
  });
});
