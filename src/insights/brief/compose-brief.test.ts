import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { Insight, InsightStatus } from "../insight.ts";
import { chooseEvents, composeBrief, type DayGround } from "./compose-brief.ts";

type Told = Insight & { readonly status: InsightStatus };

type Made = {
  readonly id: number;
  readonly height?: number;
  readonly kind?: Insight["kind"];
  readonly category?: Insight["category"];
  readonly actor?: string | null;
  readonly txids?: readonly string[];
  readonly percentile?: number | null;
  readonly confidence?: number | null;
  readonly status?: InsightStatus;
  readonly sats?: number;
};

function told(made: Made): Told {
  const { id, height = 1_000 + id * 100, kind = "fee-spike", category = "mempool", actor = null } = made;
  const { txids = [], percentile = 99, confidence = null, status = "confirmed", sats } = made;
  const metric = { name: "Made up", unit: "sats", baseline: null, percentile: null, sampleSize: null } as const;
  return {
    id: id.toString(16).padStart(32, "0"),
    kind,
    category,
    height,
    blockHash: "07".repeat(32) as BlockHash,
    blockTime: 1_773_446_400 + id,
    headline: `Event ${id}`,
    summary: `What happened in event ${id}.`,
    surprise: percentile === null ? null : { percentile, sampleSize: 2_016 },
    confidence,
    evidence: {
      rule: "Made up for a test.",
      subject: actor === null ? null : { actor, kind: "exchange" },
      claim: null,
      madeBy: null,
      blocks: [],
      transactions: txids.map((txid) => ({ txid: txid as Txid, valueSats: 1, feeSats: 1, toAddress: null })),
      metrics: sats === undefined ? [] : [{ ...metric, value: sats }],
      slots: {},
    },
    simulated: true,
    status,
  };
}

function dayOf(...insights: readonly Told[]): DayGround {
  const blocks = { first: 1_000, last: 1_143, count: 144 };
  return { day: "2026-03-14", network: "simnet", simulated: true, blocks, insights };
}

function headlinesOf(...insights: readonly Told[]): string[] {
  return chooseEvents(dayOf(...insights)).map(({ lead }) => lead.headline);
}

describe("what counts as one event", () => {
  test("insights that name one transaction", () => {
    const txids = ["aa"];
    const inflow = told({ id: 1, category: "exchange", actor: "Acme", txids, percentile: 99.5 });
    const transfer = told({ id: 2, category: "whale", txids, percentile: 99.9 });
    const brief = composeBrief(dayOf(inflow, transfer), () => []);
    expect(brief).toMatchObject({ insights: 2, events: 1, items: [{ also: [{ headline: "Event 1" }] }] });
    expect(brief.items[0]?.insight.headline).toBe("Event 2");
  });

  test("insights about one entity, or about the chain as a whole, within twelve blocks; chained ones too", () => {
    const fees = [1, 2, 3].map((id) => told({ id, height: 1_000 + id * 12 }));
    expect(chooseEvents(dayOf(...fees)).map(({ others }) => others.length)).toEqual([2]);
    expect(headlinesOf(told({ id: 1, height: 1_000 }), told({ id: 2, height: 1_013 }))).toHaveLength(2);
    const flows = [1, 2].map((id) => told({ id, height: 1_000 + id, category: "exchange", actor: "Acme" }));
    expect(headlinesOf(...flows)).toHaveLength(1);
  });

  test("not two transfers of nobody in one block, nor two exchanges, nor fees and blocks", () => {
    const whales = [1, 2].map((id) => told({ id, height: 1_000, category: "whale", txids: [`tx ${id}`] }));
    expect(headlinesOf(...whales)).toHaveLength(2);
    const exchanges = ["Acme", "Bolt"].map((actor, id) => told({ id, height: 1_000, category: "exchange", actor }));
    expect(headlinesOf(...exchanges)).toHaveLength(2);
    expect(headlinesOf(told({ id: 1, height: 9 }), told({ id: 2, height: 9, category: "network" }))).toHaveLength(2);
  });

  test("a late insight joins two groups that it belongs to both", () => {
    const left = told({ id: 1, category: "whale", txids: ["aa"] });
    const right = told({ id: 2, category: "whale", txids: ["bb"] });
    expect(headlinesOf(left, right, told({ id: 3, category: "whale", txids: ["aa", "bb"] }))).toHaveLength(1);
  });
});

describe("the order", () => {
  test("is by surprise, confidence and diversity, and tells its factors", () => {
    const [first] = chooseEvents(dayOf(told({ id: 1, percentile: 99, confidence: 0.8 })));
    expect(first?.score.surprise).toBeCloseTo(2, 9);
    expect(first?.score).toMatchObject({ confidence: 0.8, diversity: 1 });
    expect(first?.score.product).toBeCloseTo(1.6, 9);
    expect(headlinesOf(told({ id: 1, percentile: 98 }), told({ id: 2, percentile: 99.9 }))[0]).toBe("Event 2");
    expect(headlinesOf(told({ id: 1, confidence: 0.2 }), told({ id: 2, confidence: 0.9 }))[0]).toBe("Event 2");
  });

  test("takes no rank for one in ten, no confidence for even odds, and all of history for one more than it", () => {
    const [bare] = chooseEvents(dayOf(told({ id: 1, percentile: null })));
    expect(bare?.score).toEqual({ surprise: 1, confidence: 0.5, diversity: 1, product: 0.5 });
    const [record] = chooseEvents(dayOf(told({ id: 1, percentile: 100 })));
    expect(record?.score.surprise).toBeCloseTo(Math.log10(2_017), 9);
  });

  test("where nothing has a rank, puts what moves more bitcoin first, then the earlier block", () => {
    const made = { category: "whale", percentile: null } as const;
    const transfers = [5, 9, 7].map((sats, id) => told({ ...made, id, sats, txids: [`tx ${id}`] }));
    expect(headlinesOf(...transfers)).toEqual(["Event 1", "Event 2", "Event 0"]);
    expect(headlinesOf(...[2, 1].map((id) => told({ ...made, id, txids: [`tx ${id}`] })))).toEqual([
      "Event 1",
      "Event 2",
    ]);
  });

  test("puts another category before a second event of the same", () => {
    const fees = [1, 2].map((id) => told({ id, percentile: 99.9 }));
    const whale = told({ id: 3, category: "whale", txids: ["aa"], percentile: 99 });
    expect(headlinesOf(...fees, whale)).toEqual(["Event 1", "Event 3", "Event 2"]);
  });

  test("lists at most five, and a fourth and fifth only where they count", () => {
    const categories = ["mempool", "whale", "network", "miner", "exchange", "predictive"] as const;
    const alike = categories.map((category, id) => told({ id, category, txids: [`tx ${id}`] }));
    expect(headlinesOf(...alike)).toHaveLength(5);
    const weak = alike.map((insight, id) => ({
      ...insight,
      surprise: { percentile: id === 0 ? 99.9 : 60, sampleSize: 2_016 },
    }));
    expect(headlinesOf(...weak)).toHaveLength(3);
  });
});

test("a quiet day lists what there was, and what was retracted was not", () => {
  expect(composeBrief(dayOf(), () => [])).toMatchObject({ insights: 0, events: 0, items: [] });
  const brief = composeBrief(dayOf(told({ id: 1 }), told({ id: 2, status: "retracted" })), () => []);
  expect(brief).toMatchObject({ insights: 1, events: 1, items: [{ insight: { headline: "Event 1" } }] });
});

test("a picture holds the numbers that were drawn, and there is none where no series or no number is", () => {
  const points = [{ height: 1_100, time: 1_773_446_400, value: 61 }];
  const brief = composeBrief(dayOf(told({ id: 1 })), () => points);
  expect(brief.items[0]?.picture).toMatchObject({ points, chart: { series: { unit: "sat/vB" } } });
  const unknown = points.map((point) => ({ ...point, value: null }));
  expect(composeBrief(dayOf(told({ id: 1 })), () => unknown).items[0]?.picture).toBeNull();
  expect(composeBrief(dayOf(told({ id: 1, kind: "pool-run" })), () => points).items[0]?.picture).toBeNull();
});

const anyInsight = fc
  .record({
    height: fc.integer({ min: 1_000, max: 1_143 }),
    category: fc.constantFrom("mempool", "exchange", "whale", "network", "miner"),
    actor: fc.constantFrom(null, "Acme", "Bolt"),
    txids: fc.uniqueArray(fc.constantFrom("aa", "bb", "cc", "dd"), { maxLength: 2 }),
    percentile: fc.option(fc.constantFrom(90, 99, 99.9, 100)),
    confidence: fc.option(fc.constantFrom(0.25, 0.75)),
    status: fc.constantFrom("preliminary", "confirmed", "retracted"),
  })
  .map((made) => made as Omit<Made, "id">);

test("the same insights give the same brief in any order; each event is told once", () => {
  fc.assert(
    fc.property(fc.array(anyInsight, { maxLength: 25 }), fc.infiniteStream(fc.nat()), (list, keys) => {
      const insights = list.map((made, id) => told({ ...made, id }));
      const shuffled = insights
        .map((insight) => ({ insight, key: keys.next().value ?? 0 }))
        .toSorted((left, right) => left.key - right.key)
        .map(({ insight }) => insight);
      const brief = composeBrief(dayOf(...insights), () => []);
      expect(composeBrief(dayOf(...shuffled), () => [])).toEqual(brief);
      expect(brief.items.length).toBeLessThanOrEqual(Math.min(5, brief.events));
      expect(brief.items.length).toBeGreaterThanOrEqual(Math.min(3, brief.events));
      const ids = brief.items.flatMap(({ insight, also }) => [insight.id, ...also.map(({ id }) => id)]);
      expect(new Set(ids).size).toBe(ids.length);
      const txids = brief.items.map(({ insight }) => new Set(insight.evidence.transactions.map(({ txid }) => txid)));
      for (const [index, one] of txids.entries())
        for (const other of txids.slice(index + 1)) expect([...one].some((txid) => other.has(txid))).toBe(false);
    }),
    { numRuns: 300, seed: 7 },
  );
});
