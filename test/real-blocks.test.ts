import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkBlock, NETWORKS, ParseError } from "#bitcoin";
import { type BlockFeatures, extractFeatures, type FeatureContext } from "#features";
import { createLabelCompiler } from "#labels";
import { sha256 } from "#lib";
import { describeWithRealBlocks, readRealBlock, type RealBlocks } from "./helpers/real-blocks.ts";

const mainnet: FeatureContext = {
  network: NETWORKS.mainnet,
  labels: createLabelCompiler({ network: NETWORKS.mainnet, sha256 }).finish(0),
  sha256,
};

/** What `expected/<height>.json` says, as far as it is compared here. */
type Expected = {
  getblockstats: Partial<BlockFeatures>;
  size: number;
  weight: number;
  pool: { name: string; by: string; by_address: string[]; by_tag: string[]; matched_tags: string[] } | null;
  output_types: Record<string, number>;
  output_type_sats: Record<string, number>;
  input_types: Record<string, number> | null;
  largest_txs_by_non_change_output: { non_change_out_sats: number }[];
  txids_with_total_output_ge_100btc: string[];
  coinbase: { outputs: { sats: number }[] };
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

  test.each(
    real.heights.flatMap((height) => {
      const expected = findExpected(real, height);
      return expected === undefined ? [] : [[height, expected] as const];
    }),
  )("block %i", (height, expected) => {
    const { features, transfers, size, weight } = extractReal(real, height);
    expect(features).toMatchObject(expected.getblockstats);
    expect({ size, weight }).toEqual({ size: expected.size, weight: expected.weight });
    expectScripts(features, expected);
    expect(withoutSingleTypes(features.input_types)).toEqual(expected.input_types);
    expectPool(features, expected);
    expect(features.largest_transfer).toBe(expected.largest_txs_by_non_change_output[0]?.non_change_out_sats ?? 0);
    expect(features.feerate_percentiles_exact?.map((rate) => Math.round(rate * 1000) / 1000)).toEqual(
      expected.feerate_sat_vb_exact?.percentiles_10_25_50_75_90 ?? [0, 0, 0, 0, 0],
    );
    expect(transfers.map(({ txid, value, fee }) => ({ txid, value, fee })).toSorted(byTxid)).toEqual(
      expected.transfers_ge_100btc
        .map((transfer) => ({ txid: transfer.txid, value: transfer.non_change_out_sats, fee: transfer.fee_sats }))
        .toSorted(byTxid),
    );
  });

  test.each(readdirSync(real.raw).map((file) => Number.parseInt(file, 10)))(
    "block %i without spent outputs says what outputs alone tell",
    (height) => {
      const expected = findExpected(real, height);
      const block = readFileSync(join(real.raw, `${height}.block`));
      const { features, size, weight, flows } = extractFeatures({ height, block, spent: undefined }, mainnet);
      const known = Object.entries(expected?.getblockstats ?? {}).filter(([, value]) => value !== null);
      expect(known.length).toBeGreaterThan(10);
      expect(features).toMatchObject(Object.fromEntries(known));
      expect({ size, weight }).toEqual({ size: expected?.size, weight: expected?.weight });
      expect(flows).toBeUndefined();
      if (expected !== undefined) expectScripts(features, expected);
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
    const memoryBefore = process.memoryUsage.rss();
    fc.assert(
      fc.property(mutation, ({ original, inSpent, edits, cutTo }) => {
        const target = inSpent ? original.spent : original.block;
        const changed = target.slice(0, Math.ceil(target.length * cutTo));
        for (const { at, to } of edits) changed[Math.floor(at * (changed.length - 1))] = to;
        const block = inSpent ? original.block : changed;
        const spent = { bytes: inSpent ? changed : original.spent };
        const started = performance.now();
        try {
          checkOnlyParseErrors(() => checkBlock(block, { height: original.height, network: NETWORKS.mainnet }, sha256));
          extractFeatures({ height: original.height, block, spent }, mainnet);
        } catch (error) {
          refused += 1;
          expect(error instanceof ParseError, String(error)).toBe(true);
        }
        expect(performance.now() - started, "milliseconds for one case").toBeLessThan(1_000);
      }),
      { numRuns: 10_000, seed: 2009 },
    );
    expect(refused).toBeGreaterThan(5_000);
    // Every input is smaller than 25 kB; a false count that was believed would take gigabytes.
    expect((process.memoryUsage.rss() - memoryBefore) / 1e6, "megabytes").toBeLessThan(400);
  });
});

/** The reference knows no p2pk, p2a and bare multisig: they are `other` there. */
function withoutSingleTypes(byType: BlockFeatures["input_types"]): Record<string, number> | null {
  if (byType === null) return null;
  const { p2pk, multisig, p2a, other, ...types } = byType;
  return { ...types, other: other + p2pk + multisig + p2a };
}

function expectScripts(features: BlockFeatures, expected: Expected): void {
  expect(withoutSingleTypes(features.output_types)).toEqual(expected.output_types);
  expect(withoutSingleTypes(features.output_values)).toEqual(expected.output_type_sats);
}

function expectPool({ pool, pool_disagrees: disagrees, coinbase_text: text }: BlockFeatures, expected: Expected): void {
  expect(pool?.name ?? null).toBe(expected.pool?.name ?? null);
  expect(disagrees).toBe(false);
  for (const tag of expected.pool?.matched_tags ?? []) expect(text).toContain(tag);
}

/** A mutation that the checks refuse is looked at all the same: other sources do not check. */
function checkOnlyParseErrors(check: () => void): void {
  try {
    check();
  } catch (error) {
    expect(error instanceof ParseError, String(error)).toBe(true);
  }
}

function findExpected(real: RealBlocks, height: number): Expected | undefined {
  const file = join(real.expected, `${height}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Expected) : undefined;
}

function byTxid(left: { txid: string }, right: { txid: string }): number {
  return left.txid.localeCompare(right.txid);
}
