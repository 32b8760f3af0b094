import fc from "fast-check";
import { expect, test } from "vitest";
import { createMempool, enter, feeRateOf, type Mempool } from "./mempool.ts";
import { fillTemplates } from "./template.ts";
import type { WaitingTransaction } from "./waiting-transaction.ts";

type Shape = { readonly fee: number; readonly weight: number; readonly parents: readonly number[] };

function waiting({ fee, weight }: Shape, parents: WaitingTransaction[]): WaitingTransaction {
  const none = new Uint8Array(0);
  const fixed = { txid: none, wtxid: none, bytes: none, inputs: [], outputs: [], payments: [], changeIndex: -1 };
  const terms = { replaceable: true, arrivedAt: 0, impatientAt: 0, mostFeeRate: 0, eventId: undefined };
  return { ...fixed, ...terms, fee, weight, parents, children: [], depth: 1, mark: 0, position: -1 };
}

function mempoolOf(shapes: readonly Shape[]): Mempool {
  const mempool = createMempool();
  const entered: WaitingTransaction[] = [];
  for (const shape of shapes) {
    const parents = [...new Set(shape.parents)].flatMap((back) => entered.at(-back) ?? []);
    const tx = waiting(shape, [...new Set(parents)]);
    enter(mempool, tx, []);
    entered.push(tx);
  }
  return mempool;
}

/** Its ancestors that are not taken, and itself. */
function packageOf(tx: WaitingTransaction, taken: ReadonlySet<WaitingTransaction>): Set<WaitingTransaction> {
  const members = new Set<WaitingTransaction>();
  const visit = (one: WaitingTransaction): void => {
    if (taken.has(one) || members.has(one)) return;
    one.parents.forEach(visit);
    members.add(one);
  };
  visit(tx);
  return members;
}

const total = (members: Iterable<WaitingTransaction>, of: "fee" | "weight") =>
  [...members].reduce((sum, tx) => sum + tx[of], 0);

const rateOf = (members: Iterable<WaitingTransaction>) =>
  feeRateOf({ fee: total(members, "fee"), weight: total(members, "weight") });

/** Every package that could come next, without any order kept from before. */
function candidates(mempool: Mempool, taken: ReadonlySet<WaitingTransaction>, room: number) {
  return mempool.waiting
    .filter((tx) => !taken.has(tx))
    .map((tx) => packageOf(tx, taken))
    .filter((members) => total(members, "weight") <= room)
    .map((members) => ({ members, feeRate: rateOf(members) }));
}

const shapes = fc.array(
  fc.record({
    fee: fc.integer({ min: 1, max: 20_000 }),
    weight: fc.integer({ min: 400, max: 4_000 }),
    parents: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  }),
  { maxLength: 14 },
);
const room = fc.integer({ min: 1_000, max: 20_000 });

test("parents before children, within the weight, nothing twice", () => {
  fc.assert(
    fc.property(shapes, room, (graph, blockWeight) => {
      const mempool = mempoolOf(graph);
      const placed = new Set<WaitingTransaction>();
      for (const { transactions, weight } of fillTemplates(mempool, 3, blockWeight)) {
        expect(weight).toBe(total(transactions, "weight"));
        expect(weight).toBeLessThanOrEqual(blockWeight);
        for (const tx of transactions) {
          expect(placed.has(tx)).toBe(false);
          expect(tx.parents.every((parent) => placed.has(parent))).toBe(true);
          placed.add(tx);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test("always the dearest package of all that fit, whatever was taken before", () => {
  fc.assert(
    fc.property(shapes, room, (graph, blockWeight) => {
      const mempool = mempoolOf(graph);
      const taken = new Set<WaitingTransaction>();
      for (const { transactions, lowestFeeRate } of fillTemplates(mempool, 2, blockWeight)) {
        let left = blockWeight;
        let lowest = 0;
        for (let at = 0; at < transactions.length;) {
          const all = candidates(mempool, taken, left);
          lowest = Math.max(...all.map(({ feeRate }) => feeRate));
          const next = all.find(
            ({ members, feeRate }) =>
              feeRate === lowest && transactions.slice(at, at + members.size).every((tx) => members.has(tx)),
          );
          if (next === undefined) throw new Error(`the package at ${at} is not the dearest`);
          for (const tx of next.members) taken.add(tx);
          left -= total(next.members, "weight");
          at += next.members.size;
        }
        expect(candidates(mempool, taken, left)).toEqual([]);
        expect(lowestFeeRate).toBe(lowest);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a child that pays for its parent brings it in before others", () => {
  const mempool = mempoolOf([
    { fee: 100, weight: 400, parents: [] },
    { fee: 2_000, weight: 400, parents: [] },
    { fee: 10_000, weight: 400, parents: [2] },
  ]);
  const [poor, middling, child] = [...mempool.waiting];
  expect(fillTemplates(mempool, 2, 800).map(({ transactions }) => transactions)).toEqual([[poor, child], [middling]]);
});
