import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUnspendable, type Network, NETWORKS } from "#bitcoin";
import { sha256 } from "#lib";
import {
  blockBytes,
  coinbase,
  type Coin,
  type HandBuiltTransaction,
  keyScript,
  payment,
  spentBytes,
} from "../../test/fixtures/hand-built-block.ts";
import { extractFeatures, type FeatureInput } from "./extract-features.ts";
import type { BlockPrices, PriceFeatures } from "./price-features.ts";

const COIN = 100_000_000;
const DAY = 86_400;
const FIRST_DAY = 19_000;
const NOTHING_KNOWN = {
  version: 0,
  entities: [],
  entityOf: () => -1,
  poolByPayoutScript: () => undefined,
  poolByCoinbaseText: () => undefined,
};

/** Prices of the days from the first on, and blocks of which every height has its time in the list. */
function pricesOf(closes: readonly number[], times: readonly (number | undefined)[]): BlockPrices {
  const series = {
    name: "test",
    version: "1",
    currency: "USD",
    firstDay: FIRST_DAY,
    closes: Float64Array.from(closes),
  };
  return { series, timeOf: (height) => times[height] };
}

function extract(input: FeatureInput, prices: BlockPrices, network: Network = NETWORKS.regtest): PriceFeatures {
  const context = { network, labels: NOTHING_KNOWN, sha256, prices };
  const { priceFeatures } = extractFeatures(input, context);
  if (priceFeatures === undefined) throw new Error("prices were given");
  return priceFeatures;
}

type Age = { readonly days: number; readonly coinHeights: readonly number[] };

/** Block 100 on a day spends 3 and 1 BTC and makes 3.5 and 0.4, of which the latter can never be spent, and 50. */
function blockOn({ days, coinHeights }: Age): FeatureInput {
  const transactions = [
    coinbase(100, [{ value: 50 * COIN, script: keyScript(9) }]),
    payment(
      [
        { value: 3 * COIN, script: keyScript(1) },
        { value: COIN, script: keyScript(2) },
      ],
      [
        { value: 3.5 * COIN, script: keyScript(3) },
        { value: 0.4 * COIN, script: Uint8Array.of(0x6a) },
      ],
    ),
  ];
  const spent = { bytes: spentBytes(transactions), coinHeights: Uint32Array.from(coinHeights) };
  return { height: 100, block: blockBytes(transactions, (FIRST_DAY + days) * DAY + 5), spent };
}

/** Heights 10, 20 and 95 were made on the days 0, 1 and 3; 30 on one before the first. */
const TIMES = Object.assign([] as number[], {
  10: FIRST_DAY * DAY,
  20: (FIRST_DAY + 2) * DAY - 1,
  30: FIRST_DAY * DAY - 1,
  95: (FIRST_DAY + 3) * DAY,
});
const CLOSES = [10, 20.5, 0, 40, 0.000_07];

describe("a block in a currency", () => {
  const cases: [string, Age, Omit<PriceFeatures, "series">][] = [
    [
      "old coins of two days",
      { days: 3, coinHeights: [10, 20] },
      {
        price: 40,
        spent_value: 160,
        created_value: 50.5,
        sopr: 160 / 50.5,
        asopr: 160 / 50.5,
        realised_cap_change: 53.5 * 40 - 50.5,
        total_out_value: 156,
        priced_share: 1,
      },
    ],
    [
      "a coin of five blocks counts in SOPR and not in the adjusted one",
      { days: 4, coinHeights: [95, 20] },
      {
        price: 0.000_07,
        spent_value: 0.000_28,
        created_value: 140.5,
        sopr: 0.000_28 / 140.5,
        asopr: 7 / 2_050_000,
        realised_cap_change: 0.003_745 - 140.5,
        total_out_value: 0.000_273,
        priced_share: 1,
      },
    ],
    [
      "a coin of this block has today's price",
      { days: 3, coinHeights: [100, 100] },
      {
        price: 40,
        spent_value: 160,
        created_value: 160,
        sopr: 1,
        asopr: null,
        realised_cap_change: 49.5 * 40,
        total_out_value: 156,
        priced_share: 1,
      },
    ],
    ...[30, 50].map((height): [string, Age, Omit<PriceFeatures, "series">] => [
      `a coin of block ${height}, of ${height === 30 ? "a day without price" : "an unknown time"}`,
      { days: 3, coinHeights: [10, height] },
      {
        price: 40,
        spent_value: 160,
        created_value: null,
        sopr: null,
        asopr: null,
        realised_cap_change: null,
        total_out_value: 156,
        priced_share: 0.75,
      },
    ]),
    [
      "a day without price",
      { days: 2, coinHeights: [10, 20] },
      {
        price: null,
        spent_value: null,
        created_value: 50.5,
        sopr: null,
        asopr: null,
        realised_cap_change: null,
        total_out_value: null,
        priced_share: 1,
      },
    ],
    [
      "a day without price and a coin of this block",
      { days: 5, coinHeights: [100, 20] },
      {
        price: null,
        spent_value: null,
        created_value: null,
        sopr: null,
        asopr: null,
        realised_cap_change: null,
        total_out_value: null,
        priced_share: 0.25,
      },
    ],
  ];

  test.each(cases)("%s", (_, age, expected) => {
    const { series, ...told } = extract(blockOn(age), pricesOf(CLOSES, TIMES));
    expect(told).toEqual(expected);
    expect(series).toEqual({ name: "test", version: "1", currency: "USD" });
  });

  test("without the heights of its coins nothing is known of what they cost", () => {
    const input = blockOn({ days: 3, coinHeights: [10, 20] });
    const bytes = input.spent?.bytes ?? new Uint8Array(0);
    expect(extract({ ...input, spent: { bytes } }, pricesOf(CLOSES, TIMES))).toMatchObject({
      price: 40,
      spent_value: 160,
      created_value: null,
      sopr: null,
      realised_cap_change: null,
      priced_share: 0,
    });
  });

  test("without its spent outputs a block has a price and what it pays", () => {
    const input = { ...blockOn({ days: 3, coinHeights: [10, 20] }), spent: undefined };
    expect(extract(input, pricesOf(CLOSES, TIMES))).toEqual({
      series: { name: "test", version: "1", currency: "USD" },
      price: 40,
      spent_value: null,
      created_value: null,
      sopr: null,
      asopr: null,
      realised_cap_change: null,
      total_out_value: 156,
      priced_share: null,
    });
  });

  test("a block that spends nothing has no ratio, and adds what it makes", () => {
    const transactions = [coinbase(7, [{ value: 50 * COIN, script: keyScript(9) }])];
    const spent = { bytes: spentBytes(transactions), coinHeights: new Uint32Array(0) };
    const input = { height: 7, block: blockBytes(transactions, FIRST_DAY * DAY), spent };
    expect(extract(input, pricesOf(CLOSES, []))).toMatchObject({
      spent_value: 0,
      created_value: 0,
      sopr: null,
      asopr: null,
      realised_cap_change: 500,
      total_out_value: 0,
      priced_share: null,
    });
    // The first block's coinbase never enters the UTXO set.
    expect(extract({ ...input, height: 0 }, pricesOf(CLOSES, [])).realised_cap_change).toBe(0);
    expect(extract({ ...input, height: 0 }, pricesOf(CLOSES, []), NETWORKS.simnet).realised_cap_change).toBe(500);
  });
});

type MadeCoin = Coin & { readonly height: number };

/** How a block comes about: when after the one before, and of each payment which coins it takes and how it splits. */
type Plan = {
  readonly hours: number;
  readonly payments: readonly { readonly takes: readonly number[]; readonly parts: number; readonly burns: boolean }[];
};

const plan: fc.Arbitrary<Plan> = fc.record({
  hours: fc.integer({ min: 0, max: 60 }),
  payments: fc.array(
    fc.record({
      takes: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 4 }),
      parts: fc.integer({ min: 1, max: 4 }),
      burns: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
});

const isLost = ({ script }: Coin): boolean => isUnspendable(script, 0, script.length);

/** Takes coins out of the UTXO set and puts new ones in; the rest of the division is the fee. */
function pay(utxos: MadeCoin[], { takes, parts, burns }: Plan["payments"][number], height: number) {
  const spends = takes.flatMap((pick) => (utxos.length === 0 ? [] : utxos.splice(pick % utxos.length, 1)));
  if (spends.length === 0) return undefined;
  const value = Math.floor(spends.reduce((sum, coin) => sum + coin.value, 0) / parts);
  const outputs = Array.from({ length: parts }, (_, index) => ({
    value,
    script: burns && index === 0 ? Uint8Array.of(0x6a, index) : keyScript(index),
  }));
  utxos.push(...outputs.filter((output) => !isLost(output)).map((output) => ({ ...output, height })));
  return { transaction: payment(spends, outputs), heights: spends.map((coin) => coin.height) };
}

type Grown = { readonly inputs: readonly FeatureInput[]; readonly times: readonly number[]; utxos: MadeCoin[] };

function grow(plans: readonly Plan[]): Grown {
  const utxos: MadeCoin[] = [];
  const times: number[] = [];
  let time = FIRST_DAY * DAY;
  const inputs = plans.map(({ hours, payments }, height) => {
    time += hours * 3_600;
    times.push(time);
    const reward = { value: 50 * COIN - height, script: keyScript(99) };
    const paid = payments.flatMap((each) => pay(utxos, each, height) ?? []);
    const transactions: HandBuiltTransaction[] = [coinbase(height, [reward]), ...paid.map((each) => each.transaction)];
    if (height > 0) utxos.push({ ...reward, height });
    const coinHeights = Uint32Array.from(paid.flatMap(({ heights }) => heights));
    const spent = { bytes: spentBytes(transactions), coinHeights };
    return { height, block: blockBytes(transactions, time), spent };
  });
  return { inputs, times, utxos };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

describe("on any chain", () => {
  const plans = fc.array(plan, { minLength: 1, maxLength: 30 });
  const price = fc.integer({ min: 1, max: 2 ** 52 }).map((units) => units / 1e8);

  test("with one price on all days, SOPR is 1 and the realised cap moves with the UTXO set", () => {
    let spending = 0;
    fc.assert(
      fc.property(plans, price, (steps, close) => {
        const { inputs, times, utxos } = grow(steps);
        const prices = pricesOf(
          Array.from({ length: 100 }, () => close),
          times,
        );
        const told = inputs.map((input) => extract(input, prices));
        for (const { sopr, spent_value: spentValue, created_value: createdValue } of told) {
          expect(spentValue).toBe(createdValue);
          expect(sopr).toBe(spentValue === 0 ? null : 1);
          if (sopr === 1) spending += 1;
        }
        const change = sumOf(told.map((each) => each.realised_cap_change ?? Number.NaN));
        const held = (sumOf(utxos.map(({ value }) => value)) / COIN) * close;
        expect(Math.abs(change - held)).toBeLessThanOrEqual(1e-12 * held);
      }),
      { numRuns: 150 },
    );
    expect(spending).toBeGreaterThan(300);
  });

  test("with any prices, the changes of the realised cap add up to what the UTXO set cost", () => {
    fc.assert(
      fc.property(plans, fc.array(price, { minLength: 100, maxLength: 100 }), (steps, closes) => {
        const { inputs, times, utxos } = grow(steps);
        const told = inputs.map((input) => extract(input, pricesOf(closes, times)));
        const cost = ({ value, height }: MadeCoin): number =>
          (value / COIN) * (closes[Math.floor((times[height] ?? 0) / DAY) - FIRST_DAY] ?? Number.NaN);
        const moved = sumOf(told.map((each) => Math.abs(each.realised_cap_change ?? Number.NaN)));
        const change = sumOf(told.map((each) => each.realised_cap_change ?? Number.NaN));
        expect(Math.abs(change - sumOf(utxos.map(cost)))).toBeLessThanOrEqual(1e-12 * moved);
      }),
      { numRuns: 150 },
    );
  });
});
