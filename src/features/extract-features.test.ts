import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, checkBlock, NETWORKS, ParseError } from "#bitcoin";
import { createPoolLookup } from "#labels";
import { sha256 } from "#lib";
import { blockBytes, coinbase, keyScript, payment, spentBytes } from "../../test/fixtures/hand-built-block.ts";
import { describeWithRealBlocks, readRealBlock, type RealBlocks } from "../../test/helpers/real-blocks.ts";
import type { BlockFeatures } from "./block-features.ts";
import { extractFeatures, type FeatureContext } from "./extract-features.ts";
import { FeatureError } from "./feature-error.ts";

const mainnet: FeatureContext = {
  network: NETWORKS.mainnet,
  labels: createPoolLookup(NETWORKS.mainnet, sha256),
  sha256,
};
const regtest: FeatureContext = { ...mainnet, network: NETWORKS.regtest };

const COIN = 100_000_000;

describe("extractFeatures", () => {
  const rich = { value: 300 * COIN, script: keyScript(1) };
  const transactions = [
    coinbase(0x1f4, [{ value: 50 * COIN, script: keyScript(9) }], "/slush/"),
    payment(
      [rich, rich],
      [
        { value: 450 * COIN, script: keyScript(2) },
        { value: 149 * COIN, script: keyScript(1) },
      ],
    ),
  ];
  const input = { height: 1, block: blockBytes(transactions), spent: { bytes: spentBytes(transactions) } };

  test("a transfer is what goes to scripts that the transaction does not spend from", () => {
    const { transfers, features } = extractFeatures(input, regtest);
    expect(transfers).toHaveLength(1);
    expect(transfers[0]).toMatchObject({
      value: 450 * COIN,
      totalIn: 600 * COIN,
      fee: COIN,
      inputs: 2,
      toValue: 450 * COIN,
      toAddress: addressOf(keyScript(2), NETWORKS.regtest, sha256),
    });
    expect(features).toMatchObject({ largest_transfer: 450 * COIN, totalfee: COIN, unclaimed: COIN });
  });

  test("without spent outputs everything that needs them is null and the rest is the same", () => {
    const full = extractFeatures(input, regtest).features;
    const bare = extractFeatures({ ...input, spent: undefined }, regtest).features;
    const unknown = Object.entries(bare).flatMap(([name, value]) => (value === null ? [name] : []));
    expect(unknown.toSorted()).toEqual(
      [
        "avgfee",
        "avgfeerate",
        "feerate_percentiles",
        "feerate_percentiles_exact",
        "largest_transfer",
        "maxfee",
        "maxfeerate",
        "medianfee",
        "mediantime",
        "minfee",
        "minfeerate",
        "totalfee",
        "unclaimed",
        "utxo_size_inc",
        "utxo_size_inc_actual",
      ].toSorted(),
    );
    const known = Object.fromEntries(Object.entries(bare).filter(([, value]) => value !== null));
    expect(full).toMatchObject(known);
  });

  test("a coinbase that takes more than subsidy and fees breaks the invariant", () => {
    const greedy = [coinbase(1, [{ value: 51 * COIN, script: keyScript(9) }])];
    const block = { height: 1, block: blockBytes(greedy), spent: { bytes: spentBytes(greedy) } };
    expect(() => extractFeatures(block, regtest)).toThrow(FeatureError);
    expect(() => extractFeatures(block, regtest)).toThrow(/takes 100000000 sats more than subsidy and fees/);
  });

  test("an empty block has zeros where Core has them", () => {
    const empty = [coinbase(1, [{ value: 50 * COIN, script: keyScript(9) }])];
    const { features } = extractFeatures(
      { height: 1, block: blockBytes(empty), spent: { bytes: spentBytes(empty) } },
      regtest,
    );
    expect(features).toMatchObject({
      txs: 1,
      feerate_percentiles: [0, 0, 0, 0, 0],
      avgfee: 0,
      minfee: 0,
      maxfeerate: 0,
      mediantxsize: 0,
      unclaimed: 0,
    });
  });

  test("the median time past is that of the block and its ten parents", () => {
    const parentTimes = [900, 100, 200, 300, 400, 500, 600, 700, 800, 1_000, 5].map((time) => time + 1_699_000_000);
    expect(extractFeatures({ ...input, parentTimes }, regtest).features.mediantime).toBe(1_699_000_500);
    expect(extractFeatures({ ...input, parentTimes: [] }, regtest).features.mediantime).toBe(1_700_000_000);
  });

  test("the genesis coinbase never enters the UTXO set", () => {
    const genesis = extractFeatures({ ...input, height: 0 }, regtest).features;
    const later = extractFeatures(input, regtest).features;
    expect(genesis.utxo_increase).toBe(later.utxo_increase);
    expect(genesis.utxo_increase_actual).toBe(later.utxo_increase_actual - 1);
  });
});

/** What `expected/<height>.json` says, as far as it is compared here. */
type Expected = {
  getblockstats: Partial<BlockFeatures>;
  size: number;
  weight: number;
  pool: { name: string; by: string } | null;
  output_types: Record<string, number>;
  feerate_sat_vb_exact: { percentiles_10_25_50_75_90: number[] } | null;
  transfers_ge_100btc: { txid: string; non_change_out_sats: number; fee_sats: number }[];
};

function extractReal(real: RealBlocks, height: number): ReturnType<typeof extractFeatures> {
  const { block, spent } = readRealBlock(real, height);
  checkBlock(block, { height, network: NETWORKS.mainnet }, sha256);
  return extractFeatures({ height, block, spent: { bytes: spent } }, mainnet);
}

describeWithRealBlocks("real blocks", (real) => {
  test("20 blocks have expected values, and every block claims exactly subsidy and fees", () => {
    expect(real.heights).toHaveLength(25);
    expect(real.heights.filter((height) => findExpected(real, height) !== undefined)).toHaveLength(20);
    for (const height of real.heights) expect(extractReal(real, height).features.unclaimed, `block ${height}`).toBe(0);
  });

  test.each(real.heights.map((height) => [height, findExpected(real, height)] as const))(
    "block %i",
    (height, expected) => {
      if (expected === undefined) return;
      const { features, transfers, size, weight } = extractReal(real, height);
      const { p2pk, multisig, p2a, other, ...types } = features.output_types;
      expect(features).toMatchObject(expected.getblockstats);
      expect({ size, weight }).toEqual({ size: expected.size, weight: expected.weight });
      expect({ ...types, other: other + p2pk + multisig + p2a }).toEqual(expected.output_types);
      expect(features.pool?.name ?? null).toBe(expected.pool?.name ?? null);
      expect(features.feerate_percentiles_exact?.map((rate) => Math.round(rate * 1000) / 1000)).toEqual(
        expected.feerate_sat_vb_exact?.percentiles_10_25_50_75_90 ?? [0, 0, 0, 0, 0],
      );
      expect(transfers.map(({ txid, value, fee }) => ({ txid, value, fee })).toSorted(byTxid)).toEqual(
        expected.transfers_ge_100btc
          .map((transfer) => ({ txid: transfer.txid, value: transfer.non_change_out_sats, fee: transfer.fee_sats }))
          .toSorted(byTxid),
      );
    },
  );

  test("10,000 mutations of real blocks end in features or in a named error", { timeout: 120_000 }, () => {
    const originals = [57_043, 116_928, 150_013, 757_739].map((height) => readRealBlock(real, height));
    const mutation = fc.record({
      original: fc.constantFrom(...originals),
      inSpent: fc.boolean(),
      edits: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.nat(255) }), { maxLength: 4 }),
      cutTo: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    });
    let refused = 0;
    fc.assert(
      fc.property(mutation, ({ original, inSpent, edits, cutTo }) => {
        const target = inSpent ? original.spent : original.block;
        const changed = target.slice(0, Math.ceil(target.length * cutTo));
        for (const { at, to } of edits) changed[Math.floor(at * (changed.length - 1))] = to;
        const block = inSpent ? original.block : changed;
        const spent = { bytes: inSpent ? changed : original.spent };
        try {
          extractFeatures({ height: original.height, block, spent }, mainnet);
        } catch (error) {
          refused += 1;
          expect(error instanceof ParseError || error instanceof FeatureError, String(error)).toBe(true);
        }
      }),
      { numRuns: 10_000, seed: 2009 },
    );
    expect(refused).toBeGreaterThan(5_000);
  });
});

function findExpected(real: RealBlocks, height: number): Expected | undefined {
  try {
    return JSON.parse(readFileSync(join(real.expected, `${height}.json`), "utf8")) as Expected;
  } catch {
    return undefined;
  }
}

function byTxid(left: { txid: string }, right: { txid: string }): number {
  return left.txid.localeCompare(right.txid);
}
