import { describe, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { sha256 } from "#lib";
import {
  blockBytes,
  bytes,
  type Coin,
  coinbase,
  type HandBuiltTransaction,
  keyScript,
  payment,
  spentBytes,
} from "../../test/fixtures/hand-built-block.ts";
import { extractFeatures } from "./extract-features.ts";

const context = {
  network: NETWORKS.regtest,
  labels: {
    version: 0,
    entities: [],
    entityOf: () => -1,
    poolByPayoutScript: () => undefined,
    poolByCoinbaseText: () => undefined,
  },
  sha256,
};

const BASE = coinbase(1, [{ value: 0, script: keyScript(200) }]);

function featuresOf(...transactions: readonly HandBuiltTransaction[]) {
  const all = [BASE, ...transactions];
  return extractFeatures({ height: 1, block: blockBytes(all), spent: { bytes: spentBytes(all) } }, context).features;
}

function coins(count: number, value: (index: number) => number = () => 1_000, firstKey = 1): Coin[] {
  return Array.from({ length: count }, (_, index) => ({ value: value(index), script: keyScript(firstKey + index) }));
}

describe("kinds of transaction", () => {
  const same = (): number => 10_000;
  const plain = payment(
    coins(1, () => 50_000),
    coins(2, same, 90),
  );
  const withSequence = (sequence: number): HandBuiltTransaction => ({
    ...plain,
    inputs: plain.inputs.map((input) => ({ ...input, sequence })),
  });

  test.each([
    [
      "consolidation",
      payment(
        coins(5),
        coins(1, () => 900, 90),
      ),
      1,
    ],
    [
      "consolidation",
      payment(
        coins(4),
        coins(1, () => 900, 90),
      ),
      0,
    ],
    [
      "batch_payout",
      payment(
        coins(1, () => 9_000),
        coins(5, () => 900, 90),
      ),
      1,
    ],
    [
      "batch_payout",
      payment(
        coins(1, () => 9_000),
        coins(4, () => 900, 90),
      ),
      0,
    ],
    [
      "coinjoin",
      payment(
        coins(5, same),
        coins(5, () => 9_000, 90),
      ),
      1,
    ],
    [
      "coinjoin",
      payment(
        coins(5, same),
        coins(5, (index) => 9_000 - index, 90),
      ),
      0,
    ],
    [
      "coinjoin",
      payment(
        coins(4, same),
        coins(5, () => 8_000, 90),
      ),
      0,
    ],
    // One of them is paid to a script that is spent from.
    [
      "coinjoin",
      payment(
        coins(6, same),
        coins(6, () => 9_000, 6),
      ),
      0,
    ],
    ["data_carrier", payment(coins(1), [{ value: 0, script: bytes("6a0461626364") }]), 1],
    ["data_carrier", plain, 0],
    ["rbf", withSequence(0xffff_fffd), 1],
    ["rbf", withSequence(0xffff_fffe), 0],
    ["version3", { ...plain, version: 3 }, 1],
    ["version3", plain, 0],
    ["locktime", { ...withSequence(0xffff_fffe), lockTime: 800_000 }, 1],
    ["locktime", { ...withSequence(0xffff_ffff), lockTime: 800_000 }, 0],
    ["locktime", withSequence(0xffff_fffe), 0],
  ] as const)("%s", (kind, transaction, count) => {
    expect(featuresOf(transaction).transaction_kinds[kind]).toBe(count);
  });
});

describe("scripts", () => {
  const taproot = bytes(`5120${"ab".repeat(32)}`);
  const carrier = bytes("6a0461626364");

  test("types of outputs and spent coins, by number and amount, and the shares of segwit and taproot", () => {
    const features = featuresOf(
      payment([{ value: 900, script: taproot }], [{ value: 800, script: keyScript(1) }]),
      payment([{ value: 500, script: keyScript(2) }], [{ value: 0, script: carrier }], true),
    );
    expect(features.output_types).toMatchObject({ p2wpkh: 2, op_return: 1, p2tr: 0 });
    expect(features.output_values).toMatchObject({ p2wpkh: 800, op_return: 0 });
    expect(features.input_types).toMatchObject({ p2tr: 1, p2wpkh: 1 });
    expect(features.input_values).toMatchObject({ p2tr: 900, p2wpkh: 500 });
    expect(features).toMatchObject({ segwit_share: 0.5, taproot_share: 0.5, op_return_bytes: 6 });
    expect(features.segwit_weight_share).toBeCloseTo(features.swtotal_weight / features.total_weight, 12);
    expect((features.taproot_weight_share ?? 0) + (features.segwit_weight_share ?? 0)).toBeCloseTo(1, 12);
    expect(featuresOf()).toMatchObject({ segwit_share: null, taproot_weight_share: null });
  });

  test("dust is what costs more to spend than it is worth, by Core's thresholds", () => {
    const outputs = [293, 294, 0].map((value, index) => ({
      value,
      script: index === 2 ? carrier : keyScript(1 + index),
    }));
    const features = featuresOf(
      payment(
        [
          { value: 5_000, script: keyScript(9) },
          { value: 100, script: keyScript(8) },
        ],
        outputs,
      ),
    );
    // The coinbase's output of 0 is dust as well; OP_RETURN is not meant to be spent.
    expect(features).toMatchObject({ dust_created: 2, dust_swept: 1 });
  });

  test("an output is a reuse where the block had its script before, spent or paid", () => {
    const features = featuresOf(
      payment(
        [{ value: 900, script: keyScript(1) }],
        [
          { value: 400, script: keyScript(1) },
          { value: 400, script: keyScript(2) },
        ],
      ),
      payment(
        [{ value: 900, script: keyScript(3) }],
        [
          { value: 400, script: keyScript(2) },
          { value: 0, script: carrier },
          { value: 0, script: carrier },
        ],
      ),
    );
    expect(features).toMatchObject({ reused_outputs: 2, change: 400, value_moved: 800 });
  });
});

describe("value", () => {
  const COIN = 100_000_000;
  const move = (btc: number, key: number): HandBuiltTransaction =>
    payment([{ value: btc * COIN, script: keyScript(key) }], [{ value: btc * COIN, script: keyScript(key + 100) }]);

  test("bands count transactions from 100 and from 1,000 BTC on", () => {
    expect(featuresOf(move(99.9, 1), move(100, 2), move(1_000, 3))).toMatchObject({
      transfers_100btc: 2,
      transfers_100btc_value: 1_100 * COIN,
      transfers_1000btc: 1,
      transfers_1000btc_value: 1_000 * COIN,
      largest_transfer: 1_000 * COIN,
    });
  });

  test("coins that were made in this very block are not moved twice", () => {
    const chain = [BASE, move(10, 1), move(10, 101)];
    const spent = { bytes: spentBytes(chain), coinHeights: Uint32Array.of(3, 5) };
    const { features } = extractFeatures({ height: 5, block: blockBytes(chain), spent }, context);
    expect(features).toMatchObject({ value_moved: 20 * COIN, net_value_moved: 10 * COIN });
  });
});

describe("a peel chain within a block", () => {
  const pay = (value: number, key: number): Coin => ({ value, script: keyScript(key) });

  test.each([
    [
      "whose change is spent again",
      [payment([pay(1_000, 1)], [pay(10, 5), pay(990, 1)]), payment([pay(990, 1)], [pay(10, 6), pay(980, 1)])],
      [3, 5],
      20,
      20,
    ],
    [
      "whose payment is spent again",
      [payment([pay(1_000, 1)], [pay(1_000, 2)]), payment([pay(1_000, 2)], [pay(1_000, 3)])],
      [3, 5],
      2_000,
      1_000,
    ],
    [
      "that gathers what it paid before and an older coin",
      [payment([pay(100, 1)], [pay(100, 2)]), payment([pay(100, 2), pay(50, 2)], [pay(150, 3)])],
      [3, 5, 4],
      250,
      150,
    ],
  ])("%s moves no coin twice", (_what, transactions, heights, moved, net) => {
    const chain = [BASE, ...transactions];
    const spent = { bytes: spentBytes(chain), coinHeights: Uint32Array.from(heights) };
    const { features } = extractFeatures({ height: 5, block: blockBytes(chain), spent }, context);
    expect(features).toMatchObject({ value_moved: moved, net_value_moved: net });
  });
});

describe("the header", () => {
  test("interval, difficulty and the hash rate that it stands for", () => {
    const block = blockBytes([BASE], 1_700_000_000);
    const spent = { bytes: spentBytes([BASE]) };
    const { features } = extractFeatures(
      { height: 1, block, spent, parentTimes: [1_699_999_000, 1_700_000_600] },
      context,
    );
    // Regtest's target is the easiest there is.
    expect(features.interval).toBe(-600);
    expect(features.difficulty * 1e10).toBeCloseTo(4.656542373906925, 12);
    expect(features.hash_rate).toBeCloseTo((4.656542373906925e-10 * 2 ** 32) / 600, 12);
  });
});
