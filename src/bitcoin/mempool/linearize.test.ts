import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cluster, linearize } from "./linearize.ts";

/** Parents come before their children by index; fees and weights from few values, so that many are equal. */
function clusters(maxLength: number): fc.Arbitrary<Cluster> {
  const member = fc.record({
    fee: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 100_000 })),
    weight: fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 400_000 })),
    links: fc.array(fc.nat({ max: maxLength }), { maxLength: 3 }),
  });
  return fc.array(member, { minLength: 1, maxLength }).map((members) => ({
    fees: members.map(({ fee }) => fee),
    weights: members.map(({ weight }) => weight),
    parents: members.map(({ links }, index) => [...new Set(index === 0 ? [] : links.map((link) => link % index))]),
  }));
}

type Point = { readonly fee: number; readonly weight: number };

/** Fee and weight of every set that could be mined first: one with all ancestors of its members. */
function possibleFirsts({ fees, weights, parents }: Cluster): Point[] {
  const points: Point[] = [];
  for (let set = 1; set < 2 ** fees.length; set += 1) {
    const has = (index: number): boolean => ((set >> index) & 1) === 1;
    if (fees.some((_, index) => has(index) && !(parents[index] ?? []).every(has))) continue;
    const sum = (values: readonly number[]): number =>
      values.reduce((total, value, index) => total + (has(index) ? value : 0), 0);
    points.push({ fee: sum(fees), weight: sum(weights) });
  }
  return points;
}

const rate = ({ fee, weight }: Point): number => fee / weight;

describe("linearize", () => {
  test("takes each transaction once, after its parents", () => {
    fc.assert(
      fc.property(clusters(40), (cluster) => {
        const order = linearize(cluster).flatMap(({ members }) => members);
        expect(order.toSorted((a, b) => a - b)).toEqual([...cluster.fees.keys()]);
        const seen = new Set<number>();
        for (const index of order) {
          expect((cluster.parents[index] ?? []).every((parent) => seen.has(parent))).toBe(true);
          seen.add(index);
        }
      }),
    );
  });

  test("makes chunks of falling fee rate whose sums are those of their members", () => {
    fc.assert(
      fc.property(clusters(40), (cluster) => {
        const chunks = linearize(cluster);
        for (const [index, chunk] of chunks.entries()) {
          expect(chunk.fee).toBe(chunk.members.reduce((sum, member) => sum + (cluster.fees[member] ?? 0), 0));
          expect(chunk.weight).toBe(chunk.members.reduce((sum, member) => sum + (cluster.weights[member] ?? 0), 0));
          const before = chunks[index - 1];
          if (before !== undefined) expect(before.fee * chunk.weight).toBeGreaterThanOrEqual(chunk.fee * before.weight);
        }
      }),
    );
  });

  test("begins with no set that is worse than the best transaction with its ancestors, and none is better than possible", () => {
    fc.assert(
      fc.property(clusters(9), (cluster) => {
        const [first] = linearize(cluster);
        if (first === undefined) return expect.fail("no chunk");
        const possible = Math.max(...possibleFirsts(cluster).map(rate));
        expect(rate(first)).toBeLessThanOrEqual(possible * (1 + 1e-12));
        const ancestorSets = cluster.fees.map((_, index) => ancestorSet(cluster, index));
        expect(rate(first)).toBeGreaterThanOrEqual(Math.max(...ancestorSets.map(rate)) * (1 - 1e-12));
      }),
      { numRuns: 300 },
    );
  });

  test("finds the best first set of every chain of transactions", () => {
    const chains = clusters(10).map((cluster) => ({
      ...cluster,
      parents: cluster.fees.map((_, index) => (index === 0 ? [] : [index - 1])),
    }));
    fc.assert(
      fc.property(chains, (cluster) => {
        const [first] = linearize(cluster);
        if (first === undefined) return expect.fail("no chunk");
        expect(rate(first)).toBeCloseTo(Math.max(...possibleFirsts(cluster).map(rate)), 9);
      }),
    );
  });

  test.each<[string, Cluster, number[][]]>([
    ["a child pays for its parent", { fees: [1, 9], weights: [1, 1], parents: [[], [0]] }, [[0, 1]]],
    [
      "a parent does not wait for a child that pays less",
      { fees: [9, 1], weights: [1, 1], parents: [[], [0]] },
      [[0], [1]],
    ],
    ["equal ones stay apart", { fees: [2, 2], weights: [1, 1], parents: [[], [0]] }, [[0], [1]]],
    [
      "the better child takes the parent along",
      { fees: [0, 4, 9], weights: [1, 1, 1], parents: [[], [0], [0]] },
      [[0, 2], [1]],
    ],
    ["a transaction named twice is one parent", { fees: [1, 9], weights: [1, 1], parents: [[], [0, 0]] }, [[0, 1]]],
  ])("%s", (_, cluster, chunks) => {
    expect(linearize(cluster).map(({ members }) => members)).toEqual(chunks);
  });

  test("copes with a cluster larger than any node allows", () => {
    const size = 20_000;
    const cluster: Cluster = {
      fees: Array.from({ length: size }, (_, index) => (index * 7_919) % 1_000),
      weights: Array.from({ length: size }, () => 400),
      parents: Array.from({ length: size }, (_, index) => (index === 0 ? [] : [index - 1])),
    };
    const chunks = linearize(cluster);
    expect(chunks.flatMap(({ members }) => members)).toEqual([...cluster.fees.keys()]);
    for (const [index, chunk] of chunks.entries()) {
      expect(rate(chunk)).toBeLessThanOrEqual(rate(chunks[index - 1] ?? { fee: Number.MAX_VALUE, weight: 1 }));
    }
  });
});

function ancestorSet({ fees, weights, parents }: Cluster, index: number): Point {
  const set = new Set([index]);
  for (const member of set) for (const parent of parents[member] ?? []) set.add(parent);
  const sum = (values: readonly number[]): number =>
    [...set].reduce((total, member) => total + (values[member] ?? 0), 0);
  return { fee: sum(fees), weight: sum(weights) };
}
