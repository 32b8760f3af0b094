/**
 * Before they are beaten, opponents have to do what their own projects publish: each check is a fact of their tests or
 * of data that they served. What is not published as a number cannot be checked.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksWithin, bucketsOf, cheapestMined, estimateAugur, readState } from "./opponents/augur.ts";
import { CoreEstimator } from "./opponents/core.ts";
import { recommend } from "./opponents/mempool-space.ts";

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
  const block = (vsize: number, medianFee: number) => ({ weight: 4 * vsize, medianFee });
  const subSat = [
    [997_953.25, 1.0023586640951265],
    [997_963, 0.6082474226804123],
    [997_821.25, 0.5200034509958588],
    [997_875.25, 0.5100003123470801],
  ];
  const low = [
    [997_953.25, 1.0023586640951265],
    [997_963, 1.608247422680412],
    [997_821.25, 1.520003450995859],
    [997_875.25, 1.51000031234708],
  ];
  const ask = (blocks: number[][], minFeeRate: number) =>
    recommend(
      blocks.map(([vsize = 0, median = 0]) => block(vsize, median)),
      { minFeeRate, blockWeight: 4_000_000 },
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
  const blocks = served["mempool-blocks"].map(({ blockVSize, medianFee }) => ({ weight: 4 * blockVSize, medianFee }));
  const minFeeRate = served.mempoolInfo.mempoolminfee * 100_000;
  assert.deepEqual({ ...recommend(blocks, { minFeeRate, blockWeight: 4_000_000 }) }, served.fees);
  return { estimator: "mempool.space", source: "mempool_info.json, fees it served", checks: 5 };
}

/** Ten fee rates, four transactions of each a block; the dearest is mined in each block, the cheapest in one of ten. */
function checkCore(): number {
  const core = new CoreEstimator();
  const base = Math.floor((2_000 * 1_000) / 188);
  const delta = 100;
  const waiting: string[][] = Array.from({ length: 10 }, () => []);
  const original: number[] = [];
  let height = 0;
  let checks = 0;
  const check = (holds: boolean, what: string): void => {
    assert.ok(holds, `core: ${what}`);
    checks += 1;
  };
  const isNear = (fee: number, wanted: number, what: string): void =>
    check(Math.abs(fee - wanted) < delta, `${what}: ${fee}, not near ${wanted}`);
  const send = (): void => {
    for (let level = 0; level < 10; level += 1) {
      for (let copy = 0; copy < 4; copy += 1) {
        const id = `${height}/${level}/${copy}`;
        core.enter({ id, feePerKvb: Math.floor((2_000 * (level + 1) * 1_000) / 188), alone: true }, height);
        waiting[level]?.push(id);
      }
    }
  };
  const mine = (levels: number): void => {
    const mined = waiting.slice(10 - levels).flatMap((ids) => ids.splice(0));
    height += 1;
    core.connect(mined, height);
  };
  const now = (): number => height;
  const targets = Array.from({ length: 8 }, (_, index) => index + 2);
  while (now() < 200) {
    send();
    mine((height % 10) + 1);
    if (height === 3) isNear(core.estimateFee(2), 9 * base, "after three blocks");
  }
  check(core.estimateFee(1) === 0, "there is no estimate for the next block");
  for (const target of targets) {
    original[target] = core.estimateFee(target);
    check(target === 2 || original[target] <= (original[target - 1] ?? 0), "falls with the target");
    if (target % 2 === 0) isNear(original[target], (11 - target) * base, `target ${target}`);
  }
  while (now() < 250) mine(0);
  for (const target of targets) isNear(core.estimateFee(target), original[target] ?? 0, "unchanged by empty blocks");
  const isNoLower = (target: number): boolean => {
    const fee = core.estimateFee(target);
    return fee === 0 || fee > (original[target] ?? 0) - delta;
  };
  while (now() < 265) {
    send();
    mine(0);
  }
  for (const target of targets) check(isNoLower(target), "no lower while nothing is mined");
  mine(10);
  for (const target of targets) check(isNoLower(target), "no lower once all was mined");
  while (now() < 665) {
    send();
    mine(10);
  }
  for (const target of targets.slice(0, -1)) {
    check(core.estimateFee(target) < (original[target] ?? 0) - delta, "lower after 400 blocks that mine all");
  }
  return checks;
}
