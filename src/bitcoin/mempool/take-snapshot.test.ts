import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayHex, type Txid } from "../hashes.ts";
import { Mempool, type MempoolEntry } from "./mempool.ts";
import type { MempoolSnapshot } from "./mempool-snapshot.ts";
import { takeSnapshot } from "./take-snapshot.ts";

const MOMENT = { time: 1_700_000_000, tip: null, minFeeRate: 1 };

function idOf(number: number): Txid {
  return (Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(16).padStart(64, "0") as Txid;
}

function entry(number: number, numbers: Partial<MempoolEntry> = {}): MempoolEntry {
  return { txid: idOf(number), fee: 1_000, weight: 400, parents: [], ...numbers };
}

/** Entries in an order in which parents come first. */
const entries: fc.Arbitrary<MempoolEntry[]> = fc
  .array(
    fc.record({
      fee: fc.oneof(fc.constantFrom(100, 200), fc.integer({ min: 0, max: 50_000 })),
      weight: fc.oneof(fc.constant(400), fc.integer({ min: 240, max: 400_000 })),
      links: fc.array(fc.nat({ max: 60 }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((all) =>
    all.map(({ fee, weight, links }, index) => {
      const parents = index === 0 ? [] : links.filter((link) => link % 3 === 0).map((link) => idOf(link % index));
      return entry(index, { fee, weight, parents });
    }),
  );

function mempoolOf(all: readonly MempoolEntry[]): Mempool {
  const mempool = new Mempool();
  for (const each of all) mempool.add(each);
  return mempool;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sumsOf({
  count,
  weight,
  totalFee,
  histogram,
  projectedBlocks,
}: ReturnType<typeof takeSnapshot>): Record<string, number[]> {
  return {
    count: [count, sum(histogram.map((bucket) => bucket.count)), sum(projectedBlocks.map((block) => block.count))],
    weight: [weight, sum(histogram.map((bucket) => bucket.weight)), sum(projectedBlocks.map((block) => block.weight))],
    totalFee: [totalFee, sum(projectedBlocks.map((block) => block.totalFee))],
  };
}

describe("a snapshot", () => {
  test("has the same sums in histogram, blocks and total", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const sums = sumsOf(takeSnapshot(mempoolOf(all), MOMENT));
        const count = all.length;
        const weight = sum(all.map((each) => each.weight));
        const totalFee = sum(all.map(({ fee }) => fee));
        expect(sums).toEqual({
          count: [count, count, count],
          weight: [weight, weight, weight],
          totalFee: [totalFee, totalFee],
        });
      }),
    );
  });

  test("does not depend on the order in which transactions came", () => {
    const shuffled = entries.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(takeSnapshot(mempoolOf(other), MOMENT)).toEqual(takeSnapshot(mempoolOf(all), MOMENT));
      }),
    );
  });

  test("after changes is the one of a fresh mempool", () => {
    const changes = fc.tuple(entries, fc.array(fc.nat({ max: 59 })), fc.nat({ max: 59 }));
    fc.assert(
      fc.property(changes, ([all, gone, seenAt]) => {
        const mempool = new Mempool();
        for (const [index, each] of all.entries()) {
          if (index === seenAt) takeSnapshot(mempool, MOMENT);
          mempool.add(each);
        }
        for (const number of gone) mempool.remove(idOf(number));
        const left = all.filter(({ txid }) => !gone.some((number) => idOf(number) === txid));
        const { histogram, ...rest } = takeSnapshot(mempool, MOMENT);
        const fresh = takeSnapshot(mempoolOf(left), MOMENT);
        expect(rest).toEqual({ ...fresh, histogram: undefined });
        expect(histogram.map((bucket) => ({ ...bucket, inflowWeight: null }))).toEqual(
          fresh.histogram.map((bucket) => ({ ...bucket, inflowWeight: null })),
        );
      }),
    );
  });

  test("has fee rates that fall from block to block and rise within each", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const large = all.map((each) => ({ ...each, weight: each.weight * 100 }));
        const { projectedBlocks } = takeSnapshot(mempoolOf(large.map((each) => ({ ...each, parents: [] }))), MOMENT);
        expect(projectedBlocks.length).toBeLessThanOrEqual(8);
        for (const { feeRates } of projectedBlocks) {
          expect(feeRates).toHaveLength(7);
          expect(feeRates.toSorted((a, b) => a - b)).toEqual(feeRates);
        }
      }),
    );
  });

  test("of nothing is empty", () => {
    expect(takeSnapshot(new Mempool(), MOMENT)).toEqual({
      ...MOMENT,
      count: 0,
      weight: 0,
      totalFee: 0,
      histogram: [],
      projectedBlocks: [],
      nextBlockTxids: new Uint8Array(0),
    });
  });
});

describe("inflow", () => {
  test("is unknown at first, then what came since the snapshot before", () => {
    const mempool = mempoolOf([entry(1), entry(2)]);
    expect(takeSnapshot(mempool, MOMENT).histogram).toEqual([{ from: 10, weight: 800, count: 2, inflowWeight: null }]);
    mempool.add(entry(3));
    mempool.add(entry(1));
    expect(takeSnapshot(mempool, MOMENT).histogram).toEqual([{ from: 10, weight: 1_200, count: 3, inflowWeight: 400 }]);
    expect(takeSnapshot(mempool, MOMENT).histogram).toEqual([{ from: 10, weight: 1_200, count: 3, inflowWeight: 0 }]);
  });

  test("counts where the package is that a new child lifts, but not its parent", () => {
    const mempool = mempoolOf([entry(1, { fee: 100 })]);
    takeSnapshot(mempool, MOMENT);
    mempool.add(entry(2, { fee: 3_900, parents: [idOf(1)] }));
    expect(takeSnapshot(mempool, MOMENT).histogram).toEqual([{ from: 20, weight: 800, count: 2, inflowWeight: 400 }]);
  });
});

describe("kinship", () => {
  test("a parent that comes back after a disconnected block is found by what it says of its children", () => {
    const mempool = mempoolOf([entry(2, { fee: 3_900 })]);
    mempool.add(entry(1, { fee: 100, children: [idOf(2)] }));
    expect(takeSnapshot(mempool, MOMENT).histogram).toMatchObject([{ from: 20, count: 2 }]);
  });

  test("a parent that is mined leaves the child alone", () => {
    const mempool = mempoolOf([entry(1, { fee: 100 }), entry(2, { fee: 3_900, parents: [idOf(1)] })]);
    takeSnapshot(mempool, MOMENT);
    mempool.remove(idOf(1));
    expect(takeSnapshot(mempool, MOMENT).histogram).toMatchObject([{ from: 35.5, count: 1 }]);
  });
});

describe("fee rates that the node reports", () => {
  test("count instead of ours", () => {
    const mempool = mempoolOf([entry(1, { chunkRate: 3 }), entry(2, { chunkRate: 3, parents: [idOf(1)] })]);
    expect(takeSnapshot(mempool, MOMENT).histogram).toMatchObject([{ from: 2.8, count: 2 }]);
    const [block] = takeSnapshot(mempool, MOMENT).projectedBlocks;
    expect(block?.feeRates).toEqual([3, 3, 3, 3, 3, 3, 3]);
  });

  test("of different moments, by which a child would go before its parent, do not", () => {
    const mempool = mempoolOf([
      entry(1, { fee: 100, chunkRate: 1 }),
      entry(2, { fee: 3_900, chunkRate: 20, parents: [idOf(1)] }),
    ]);
    expect(takeSnapshot(mempool, MOMENT).histogram).toMatchObject([{ from: 20, count: 2 }]);
    expect(takeSnapshot(mempool, MOMENT).projectedBlocks).toMatchObject([{ feeRates: [20, 20, 20, 20, 20, 20, 20] }]);
  });
});

/** As people read them. */
function nextBlockOf(snapshot: MempoolSnapshot): string[] | null {
  const bytes = snapshot.nextBlockTxids;
  if (bytes === null) return null;
  return Array.from({ length: bytes.length / 32 }, (_, index) =>
    displayHex(bytes.subarray(index * 32, index * 32 + 32)),
  );
}

describe("the next block", () => {
  test("holds the first projected block's transactions, ascending, parents among them", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const large = all.map((each) => ({ ...each, weight: each.weight * 10 }));
        const snapshot = takeSnapshot(mempoolOf(large), MOMENT);
        const txids = nextBlockOf(snapshot);
        if (txids === null) {
          expect(snapshot.projectedBlocks[0]?.weight).toBeGreaterThan(3_992_000);
          return;
        }
        const taken = large.filter(({ txid }) => txids.includes(txid));
        expect(txids).toEqual(taken.map(({ txid }) => txid as string).toSorted());
        expect(snapshot.projectedBlocks[0]).toMatchObject({
          count: taken.length,
          weight: sum(taken.map(({ weight }) => weight)),
          totalFee: sum(taken.map(({ fee }) => fee)),
        });
        for (const { parents } of taken) expect(txids).toEqual(expect.arrayContaining([...parents]));
      }),
    );
  });

  test("is not told where what waits is heavier than any block", () => {
    const snapshot = takeSnapshot(mempoolOf([entry(1, { weight: 4_000_000 })]), MOMENT);
    expect(snapshot.projectedBlocks).toHaveLength(1);
    expect(snapshot.nextBlockTxids).toBeNull();
  });
});

describe("projected blocks", () => {
  test("have the median of a full block, however full they are, and how full", () => {
    const mempool = new Mempool(56_000);
    // From 1 to 18 sat/vB, each a sixteenth of a full block with its coinbase.
    for (let rate = 1; rate <= 18; rate += 1) mempool.add(entry(rate, { fee: 1_000 * rate, weight: 4_000 }));
    const [first, last] = takeSnapshot(mempool, MOMENT).projectedBlocks;
    // Of its 14 the middle 10,000 weight units are a quarter of the 7th (11 sat/vB), the 8th and 9th, and a quarter of the 10th.
    expect(first).toMatchObject({ medianFee: 12.5, fullness: 14 / 16 });
    expect(last).toMatchObject({ medianFee: 0, fullness: 4 / 16 });
  });

  test("hold 3,992,000 weight units each, the last one all the rest", () => {
    const mempool = new Mempool();
    for (let number = 0; number < 110; number += 1)
      mempool.add(entry(number, { weight: 399_200, fee: 1_000_000 - number }));
    const { projectedBlocks } = takeSnapshot(mempool, MOMENT);
    expect(projectedBlocks.map(({ count }) => count)).toEqual([10, 10, 10, 10, 10, 10, 10, 40]);
    expect(projectedBlocks[0]?.weight).toBe(3_992_000);
  });

  test("take a smaller one where a larger one does not fit, but no child before its parent", () => {
    const mempool = mempoolOf([
      entry(1, { weight: 3_900_000, fee: 9_000_000 }),
      entry(2, { weight: 100_000, fee: 200_000 }),
      entry(3, { weight: 400, fee: 400, parents: [idOf(2)] }),
      entry(4, { weight: 400, fee: 300 }),
    ]);
    expect(takeSnapshot(mempool, MOMENT).projectedBlocks.map(({ totalFee }) => totalFee)).toEqual([9_000_300, 200_400]);
  });

  test("a transaction that fits into no block is in the last one", () => {
    const mempool = mempoolOf([entry(1, { weight: 4_000_000 }), entry(2)]);
    expect(takeSnapshot(mempool, MOMENT).projectedBlocks.map(({ count }) => count)).toEqual([1, 1]);
  });
});
