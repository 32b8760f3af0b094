/**
 * Before they are beaten, opponents have to do what their own projects publish: each check is a fact of their tests or
 * of data that they served. What is not published as a number cannot be checked.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { recommendFees } from "#bitcoin";
import { checkCore } from "./published-core.ts";
import { blocksWithin, bucketsOf, cheapestMined, estimateAugur, readState } from "./opponents/augur.ts";

export type PublishedCheck = { readonly estimator: string; readonly source: string; readonly checks: number };

/** Runs all of them. @throws AssertionError where one behaves otherwise */
export function checkPublished(dataFolder: string | undefined): PublishedCheck[] {
  return [
    { estimator: "augur", source: "FeeEstimatesCalculatorTest.kt at 19f76ac", checks: checkAugur() },
    {
      estimator: "mempool.space",
      source: "backend/src/__tests__/api/fee-api.ts at ebcfa0c",
      checks: checkMempoolSpaceTests(),
    },
    ...(dataFolder === undefined ? [] : [checkServed(dataFolder)]),
    { estimator: "core", source: "src/test/policyestimator_tests.cpp at 000690b", checks: checkCore() },
  ];
}

const AUGUR = { minFeeRate: 1, blockWeight: 4_000_000 };

function checkAugur(): number {
  const expected = [
    [3, 0.5, 3],
    [3, 0.95, 1],
    [12, 0.5, 12],
    [12, 0.95, 7],
    [144, 0.5, 144],
    [144, 0.95, 125],
  ] as const;
  for (const [target, probability, blocks] of expected) assert.equal(blocksWithin(target, probability), blocks);
  const of = (weight: number): Float64Array => new Float64Array(5).fill(weight);
  const mine = (current: number, inflow: number, blocks: number, blockWeight: number): number | undefined =>
    cheapestMined({ current: of(current), inflow: of(inflow) }, { blocks, target: blocks }, { ...AUGUR, blockWeight });
  assert.equal(mine(4, 4, 2, 12), 999);
  assert.equal(mine(4, 4, 3, 100), 0);
  assert.equal(mine(1_000, 100, 2, 6_000), 0);
  assert.equal(mine(4, 4, 3, 1), 1_001);
  assert.equal(mine(1_000, 100, 0, 6_000), undefined);
  // Weights that stand in the bucket next to the minimum are answered with that bucket's rate, for each target.
  const settings = { ...AUGUR, minFeeRate: 0.1 };
  const waiting = [{ fee: 99_800, weight: 4_000_000 }];
  const snapshots = [0, 60].map((time) => ({ time, height: 800_000, weights: bucketsOf(waiting, settings) }));
  const state = readState(snapshots);
  assert.ok(state !== undefined);
  for (const probability of [0.5, 0.95]) {
    for (const rate of estimateAugur(state, { targets: [3, 12, 144], probability }, settings)) {
      assert.ok(Math.abs((rate ?? 0) - Math.exp(-2.3)) < 1e-12);
    }
  }
  return expected.length + 5 + 6;
}

function checkMempoolSpaceTests(): number {
  const block = (vsize: number, medianFee: number) => ({ fullness: vsize / 1_000_000, medianFee });
  const subSat = [
    [997_953.25, 1.002_358_664],
    [997_963, 0.608_247_422_7],
    [997_821.25, 0.520_003_451],
    [997_875.25, 0.510_000_312_3],
  ];
  const low = [
    [997_953.25, 1.002_358_664],
    [997_963, 1.608_247_422_7],
    [997_821.25, 1.520_003_451],
    [997_875.25, 1.510_000_312_3],
  ];
  const ask = (blocks: number[][], minFeeRate: number) =>
    recommendFees(
      blocks.map(([vsize = 0, median = 0]) => block(vsize, median)),
      minFeeRate,
    );
  const fees = (fastestFee: number, halfHourFee: number, hourFee: number, economyFee: number, minimumFee: number) => ({
    fastestFee,
    halfHourFee,
    hourFee,
    economyFee,
    minimumFee,
  });
  assert.deepEqual(ask(subSat, 0.1), fees(2, 1, 1, 1, 1));
  assert.deepEqual(ask(low, 1), fees(2, 2, 2, 2, 1));
  assert.deepEqual(ask([[10_000, 1]], 1), fees(1, 1, 1, 1, 1));
  return 15;
}

type Served = {
  readonly mempoolInfo: { readonly mempoolminfee: number };
  readonly "mempool-blocks": readonly { readonly blockVSize: number; readonly medianFee: number }[];
  readonly fees: Readonly<Record<string, number>>;
};

/** What mempool.space said of its own projected blocks, in one message of April 2024. */
function checkServed(dataFolder: string): PublishedCheck {
  const path = join(dataFolder, "series/mempool-space/mempool_info.json");
  const served = JSON.parse(readFileSync(path, "utf8")) as Served;
  const blocks = served["mempool-blocks"].map(({ blockVSize, medianFee }) => ({
    fullness: blockVSize / 1_000_000,
    medianFee,
  }));
  const minFeeRate = served.mempoolInfo.mempoolminfee * 100_000;
  assert.deepEqual({ ...recommendFees(blocks, minFeeRate) }, served.fees);
  return { estimator: "mempool.space", source: "mempool_info.json, fees it served", checks: 5 };
}
