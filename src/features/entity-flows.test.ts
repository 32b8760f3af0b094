import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { sha256 } from "#lib";
import {
  blockBytes,
  type Coin,
  coinbase,
  type HandBuiltTransaction,
  keyScript,
  payment,
  spentBytes,
} from "../../test/fixtures/hand-built-block.ts";
import { extractFeatures, type FeatureContext } from "./extract-features.ts";
import type { LabelLookup } from "./label-lookup.ts";

/** Keys 1 and 2 are one exchange's, 3 another's, 4 a pool's; everybody else is unknown. */
const OWNERS: Readonly<Record<number, number>> = { 1: 0, 2: 0, 3: 1, 4: 2 };

const labels: LabelLookup = {
  version: 5,
  entities: [
    { actor: "umbrella", kind: "exchange" },
    { actor: "acme", kind: "exchange" },
    { actor: "acme", kind: "pool" },
  ],
  entityOf: (bytes, start) => OWNERS[bytes[start + 2] ?? 0] ?? -1,
  poolByPayoutScript: () => undefined,
  poolByCoinbaseText: () => undefined,
};

const context: FeatureContext = { network: NETWORKS.regtest, labels, sha256 };

function pay(value: number, key: number): Coin {
  return { value, script: keyScript(key) };
}

function extract(transactions: readonly HandBuiltTransaction[], watches?: FeatureContext["watches"]) {
  const fees = transactions.slice(1).reduce((sum, { spends, outputs }) => sum + total(spends) - total(outputs), 0);
  expect(fees).toBeGreaterThanOrEqual(0);
  return extractFeatures(
    { height: 1, block: blockBytes(transactions), spent: { bytes: spentBytes(transactions) } },
    watches === undefined ? context : { ...context, watches },
  );
}

function total(coins: readonly Coin[]): number {
  return coins.reduce((sum, { value }) => sum + value, 0);
}

const BASE = coinbase(1, [pay(700, 4), pay(300, 9)]);

function flowOf(transactions: readonly HandBuiltTransaction[], actor: string, kind = "exchange") {
  const { flows } = extract([BASE, ...transactions]);
  const flow = flows?.entities.find(({ entity }) => entity.actor === actor && entity.kind === kind);
  return flow && Object.fromEntries(Object.entries(flow).filter(([, value]) => value !== 0));
}

const umbrella = { entity: labels.entities[0] };

describe("entity flows", () => {
  test.each([
    ["a deposit", [payment([pay(100, 8)], [pay(60, 1), pay(30, 8)])], { ...umbrella, inflow: 60, deposits: 1 }],
    [
      "a withdrawal with change to another address of the exchange",
      [payment([pay(100, 1)], [pay(60, 8), pay(39, 2)])],
      { ...umbrella, outflow: 61, inHouse: 39, withdrawals: 1, inHouseTransactions: 1 },
    ],
    [
      "an in-house shuffle: nothing but the fee leaves, and nobody withdraws",
      [payment([pay(100, 1), pay(50, 2)], [pay(149, 1)])],
      { ...umbrella, outflow: 1, inHouse: 149, inHouseTransactions: 1 },
    ],
    [
      "a peel chain in one block: each step netted, the change not counted",
      [payment([pay(100, 1)], [pay(10, 8), pay(90, 1)]), payment([pay(90, 1)], [pay(10, 8), pay(80, 1)])],
      { ...umbrella, outflow: 20, inHouse: 170, withdrawals: 2, inHouseTransactions: 2 },
    ],
    [
      "from one exchange to another",
      [payment([pay(100, 1)], [pay(90, 3), pay(5, 8)])],
      { ...umbrella, outflow: 100, interEntityOut: 90, withdrawals: 1 },
    ],
  ])("%s", (_what, transactions, expected) => {
    expect(flowOf(transactions, "umbrella")).toEqual(expected);
  });

  test("an actor that is exchange and pool has two flows; the coinbase pays, it is no deposit", () => {
    const { flows } = extract([BASE, payment([pay(100, 1)], [pay(90, 3)])]);
    expect(flows?.entities.map(({ entity }) => `${entity.actor} ${entity.kind}`)).toEqual([
      "acme exchange",
      "acme pool",
      "umbrella exchange",
    ]);
    expect(flowOf([], "acme", "pool")).toEqual({ entity: labels.entities[2], mined: 700 });
    expect(flows).toMatchObject({ labelVersion: 5, labelCoverage: 1, payoutEntity: labels.entities[2] });
  });

  test("how sure it is who took part is the mean of what labels say of its coins, by value", () => {
    const said: Readonly<Record<number, number>> = { 1: 0.2, 2: 1, 4: 0.7 };
    const sure = { ...labels, certaintyOf: (bytes: Uint8Array, start: number) => said[bytes[start + 2] ?? 0] };
    const transactions = [BASE, payment([pay(100, 1), pay(50, 3)], [pay(50, 2), pay(50, 1), pay(40, 8)])];
    const input = { height: 1, block: blockBytes(transactions), spent: { bytes: spentBytes(transactions) } };
    const { flows } = extractFeatures(input, { ...context, labels: sure });
    expect(flows?.entities.map(({ entity, certainty }) => [entity.actor, entity.kind, certainty])).toEqual([
      ["acme", "exchange", undefined],
      ["acme", "pool", 0.7],
      ["umbrella", "exchange", 0.4],
    ]);
  });

  test("coverage is the share of what is spent and received whose owner is known", () => {
    expect(extract([BASE, payment([pay(100, 8)], [pay(60, 1), pay(40, 9)])]).flows?.labelCoverage).toBe(0.3);
    expect(extract([BASE]).flows?.labelCoverage).toBeNull();
    expect(extract([coinbase(1, [pay(9, 9)])]).flows?.payoutEntity).toBeNull();
  });

  test("without spent outputs nothing is said of flows", () => {
    expect(extractFeatures({ height: 1, block: blockBytes([BASE]), spent: undefined }, context).flows).toBeUndefined();
  });

  const amount = fc.integer({ min: 0, max: 10_000 });
  const coin = fc.tuple(amount, fc.integer({ min: 1, max: 9 })).map(([value, key]) => pay(value, key));
  const transaction = fc
    .tuple(fc.array(coin, { minLength: 1, maxLength: 6 }), fc.array(coin, { minLength: 1, maxLength: 6 }))
    .map(([spends, outputs]) => {
      // What is paid out is never more than what is spent.
      const [first, ...rest] = spends;
      const missing = Math.max(0, total(outputs) - total(spends));
      return payment(
        [{ script: first?.script ?? keyScript(9), value: (first?.value ?? 0) + missing }, ...rest],
        outputs,
      );
    });

  test("what all win and lose, the unknown included, is what the fees cost", () => {
    const everybody: LabelLookup = {
      ...labels,
      entities: Array.from({ length: 10 }, (_, key) => ({ actor: `key ${key}`, kind: "other" as const })),
      entityOf: (bytes, start) => bytes[start + 2] ?? -1,
    };
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 8 }), (transactions) => {
        const all = [coinbase(1, [pay(0, 9)]), ...transactions];
        const input = { height: 1, block: blockBytes(all), spent: { bytes: spentBytes(all) } };
        const known = extractFeatures(input, { ...context, labels: everybody });
        const deltas = known.flows?.entities.reduce((sum, { inflow, outflow }) => sum + inflow - outflow, 0);
        expect((deltas ?? 0) + (known.features.totalfee ?? Number.NaN)).toBe(0);
        const some = extract(all).flows?.entities ?? [];
        for (const { inflow, outflow, interEntityIn, interEntityOut } of some) {
          expect(interEntityIn).toBeLessThanOrEqual(inflow);
          expect(interEntityOut).toBeLessThanOrEqual(outflow);
        }
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});

describe("transfers", () => {
  const COIN = 100_000_000;

  test.each([
    ["deposit", [pay(200 * COIN, 8)], [pay(150 * COIN, 1), pay(50 * COIN, 8)], null, "umbrella"],
    ["withdrawal", [pay(200 * COIN, 1)], [pay(150 * COIN, 8), pay(50 * COIN, 2)], "umbrella", null],
    ["inter-entity", [pay(200 * COIN, 1)], [pay(200 * COIN, 3)], "umbrella", "acme"],
    ["in-house", [pay(200 * COIN, 1)], [pay(200 * COIN, 2)], null, null],
    [null, [pay(200 * COIN, 7)], [pay(200 * COIN, 8)], null, null],
  ])("a transfer that is a %s names its parties", (kind, spends, outputs, from, to) => {
    const [transfer] = extract([BASE, payment(spends, outputs)]).transfers;
    expect({ kind: transfer?.kind, from: transfer?.from?.actor ?? null, to: transfer?.to?.actor ?? null }).toEqual({
      kind,
      from,
      to,
    });
  });

  test("a small one is kept where it touches what is watched", () => {
    const small = [BASE, payment([pay(100, 8)], [pay(60, 1)]), payment([pay(100, 7)], [pay(60, 9)])];
    const isWatched = (bytes: Uint8Array, start: number): boolean => bytes[start + 2] === 9;
    expect(extract(small).transfers).toEqual([]);
    const byEntity = extract(small, { isWatched: () => false, entities: new Set([0]) }).transfers;
    expect(byEntity.map(({ txIndex, watched }) => [txIndex, watched])).toEqual([[1, true]]);
    const byScript = extract(small, { isWatched, entities: new Set() }).transfers;
    expect(byScript.map(({ txIndex, watched }) => [txIndex, watched])).toEqual([[2, true]]);
  });
});

test("each script is looked up once, however often it occurs", () => {
  let calls = 0;
  const entityOf = (): number => {
    calls += 1;
    return -1;
  };
  const counting = { ...labels, entityOf };
  const block = [BASE, payment([pay(100, 8), pay(100, 8)], [pay(150, 8)])];
  extractFeatures(
    { height: 1, block: blockBytes(block), spent: { bytes: spentBytes(block) } },
    { ...context, labels: counting },
  );
  // Keys 4, 9 and 8.
  expect(calls).toBe(3);
});
