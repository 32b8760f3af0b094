import { describe, expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { BlockFeatures, Entity, EntityFlow, Transfer } from "#features";
import { toldSignals } from "../../test/helpers/told-signals.ts";
import { SeriesBook } from "./baseline/series-book.ts";
import type { Detector } from "./detector.ts";
import { inflowStreak, outflowStreak } from "./exchanges/flow-streak.ts";
import { reserveChange } from "./exchanges/reserve-change.ts";
import { minerPayout, treasurySale } from "./miners/pool-outflow.ts";
import { poolTagMismatch } from "./miners/pool-tag-mismatch.ts";
import type { BlockRow, Signal } from "./signal.ts";
import { whaleAccumulation, whaleDistribution } from "./whales/accumulation.ts";
import { dormantCoins } from "./whales/dormant-coins.ts";

const BTC = 100_000_000;
const EXCHANGE: Entity = { actor: "Varnost Exchange", kind: "exchange" };
const WHALE: Entity = { actor: "Whale", kind: "person" };
const POOL: Entity = { actor: "Alder Pool", kind: "pool" };

type Made = { readonly flows?: readonly EntityFlow[]; readonly transfers?: readonly Transfer[]; readonly tag?: string };

/** What detectors read of a block; the rest of a row is of no interest to them. */
function row(height: number, { flows = [], transfers = [], tag }: Made): BlockRow {
  const read: Partial<BlockFeatures> = {
    height,
    blockhash: height.toString(16).padStart(64, "0") as BlockHash,
    pool_by_address: POOL.actor,
    pool_by_tag: tag ?? POOL.actor,
    pool_disagrees: tag !== undefined,
  };
  return {
    features: read as BlockFeatures,
    transfers,
    flows: { labelVersion: 1, labelCoverage: null, payoutEntity: null, entities: flows },
  };
}

/** Bitcoin that came and left, of which `labelled` went to labelled owners. */
function flow(entity: Entity, inflow: number, outflow: number, labelled = 0): EntityFlow {
  const none = { inHouse: 0, interEntityIn: 0, mined: 0, deposits: 0, withdrawals: 0, inHouseTransactions: 0 };
  return { entity, inflow: inflow * BTC, outflow: outflow * BTC, interEntityOut: labelled * BTC, ...none };
}

function transfer(from: Entity | null, coinAgeDays: number): Transfer {
  const value = 300 * BTC;
  const read: Partial<Transfer> = { txid: "ab".repeat(32) as Txid, value, from, coinAgeDays, kind: null };
  return read as Transfer;
}

function told(detector: Detector, blocks: number, made: (height: number) => Made): Signal[] {
  const book = new SeriesBook();
  return Array.from({ length: blocks }, (_, height) => {
    const signals = toldSignals(detector.detect(row(height, made(height)), book));
    book.endBlock();
    return signals;
  }).flat();
}

/** Now and then something comes, and as often something leaves. */
const ordinary = (entity: Entity, height: number): readonly EntityFlow[] =>
  height % 40 === 3 ? [flow(entity, 80, 0)] : height % 40 === 23 ? [flow(entity, 0, 80)] : [flow(entity, 1, 1)];

describe.each([
  [inflowStreak, EXCHANGE, 1],
  [outflowStreak, EXCHANGE, -1],
  [whaleAccumulation, WHALE, 1],
  [whaleDistribution, WHALE, -1],
] as const)("$kind", (detector, entity, sign) => {
  const many = sign > 0 ? flow(entity, 120, 0) : flow(entity, 0, 120);

  test("tells a row of transfers one way once, with how many hours there were", () => {
    const from = 4_000;
    const signals = told(detector, from + 600, (height) => ({
      flows: height >= from && height % 12 === 0 ? [many] : ordinary(entity, height),
    }));
    expect(signals).toHaveLength(1);
    const [signal] = signals;
    expect(signal).toMatchObject({ kind: detector.kind, subject: entity, surprise: { percentile: 100 } });
    expect(signal?.height).toBeLessThan(from + 500);
    expect(signal?.metrics[0]?.value).toBeGreaterThanOrEqual(signal?.metrics[0]?.level ?? Number.NaN);
  });

  test("keeps quiet on an ordinary stretch, about one burst, and with too little history", () => {
    const burst = sign > 0 ? flow(entity, 4_000, 0) : flow(entity, 0, 4_000);
    const isBurst = (height: number) => height >= 4_000 && height < 4_010;
    expect(
      told(detector, 4_600, (height) => ({ flows: isBurst(height) ? [burst] : ordinary(entity, height) })),
    ).toEqual([]);
    expect(told(detector, 2_000, (height) => ({ flows: height % 12 === 0 ? [many] : [] }))).toEqual([]);
  });
});

describe("reserve-change", () => {
  const change = (height: number) => ((height * 7_919) % 101) - 50;
  const usual = (height: number) => [flow(EXCHANGE, Math.max(0, change(height)), Math.max(0, -change(height)))];

  test("tells once that a week took far more than others did", () => {
    const signals = told(reserveChange, 6_600, (height) => ({
      flows: height === 6_400 ? [flow(EXCHANGE, 0, 20_000)] : usual(height),
    }));
    expect(signals).toMatchObject([{ subject: EXCHANGE, direction: "below", height: 6_407 }]);
  });

  test("keeps quiet on an ordinary stretch", () => {
    expect(told(reserveChange, 6_600, (height) => ({ flows: usual(height) }))).toEqual([]);
  });
});

describe("dormant-coins", () => {
  const usual = (height: number) => ({
    transfers: [transfer(null, height % 9), transfer(EXCHANGE, 900)],
  });

  test("tells old coins of an unlabelled owner once, with their transaction", () => {
    const old = { transfers: [transfer(null, 2), transfer(null, 800)] };
    const signals = told(dormantCoins, 2_200, (height) => (height === 2_100 || height === 2_101 ? old : usual(height)));
    expect(signals).toMatchObject([{ height: 2_100, subject: null, transfers: [{ coinAgeDays: 800 }] }]);
    expect(signals[0]?.metrics[0]).toMatchObject({ unit: "days", value: 800 });
  });

  test("keeps quiet about a labelled owner's old coins, and with too little history", () => {
    expect(told(dormantCoins, 2_200, usual)).toEqual([]);
    expect(told(dormantCoins, 1_000, (height) => (height === 900 ? { transfers: [transfer(null, 800)] } : {}))).toEqual(
      [],
    );
  });
});

describe("treasury-sale and miner-payout", () => {
  const payout = (height: number) => (height % 59 === 0 ? [flow(POOL, 0, 58, 49)] : [flow(POOL, 0, 0)]);

  test("tell what goes to labelled owners and what goes to others", () => {
    const sale = (height: number) => ({ flows: height === 2_200 ? [flow(POOL, 0, 400, 400)] : payout(height) });
    expect(told(treasurySale, 2_300, sale)).toMatchObject([{ kind: "treasury-sale", height: 2_200, subject: POOL }]);
    expect(told(minerPayout, 2_500, (height) => sale(height - 200))).toEqual([]);
    const paid = (height: number) => ({ flows: height === 2_400 ? [flow(POOL, 0, 60, 0)] : payout(height) });
    expect(told(minerPayout, 2_500, paid)).toMatchObject([{ kind: "miner-payout", height: 2_411, subject: POOL }]);
    expect(told(treasurySale, 2_500, paid)).toEqual([]);
  });

  test("keep quiet about ordinary payouts, and with too little history", () => {
    for (const detector of [treasurySale, minerPayout]) {
      expect(told(detector, 2_600, (height) => ({ flows: payout(height) }))).toEqual([]);
      expect(told(detector, 1_000, (height) => ({ flows: height === 900 ? [flow(POOL, 0, 400, 200)] : [] }))).toEqual(
        [],
      );
    }
  });
});

test("pool-tag-mismatch tells every block whose tag and payout address disagree, and no other", () => {
  const signals = told(poolTagMismatch, 5, (height) => (height === 3 ? { tag: "Birch Pool" } : {}));
  expect(signals).toMatchObject([
    { height: 3, subject: POOL, other: { actor: "Birch Pool", kind: "pool" }, surprise: null },
  ]);
  expect(signals[0]?.metrics[0]?.name).toContain("Birch Pool");
});
