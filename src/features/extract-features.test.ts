import { describe, expect, test } from "vitest";
import { addressOf, NETWORKS, ParseError } from "#bitcoin";
import { sha256 } from "#lib";
import { blockBytes, coinbase, keyScript, payment, spentBytes } from "../../test/fixtures/hand-built-block.ts";
import { extractFeatures, type FeatureContext } from "./extract-features.ts";

const PAYOUT_BYTE = 77;
const regtest: FeatureContext = {
  network: NETWORKS.regtest,
  labels: {
    version: 0,
    entities: [],
    entityOf: () => -1,
    poolByPayoutScript: (script) => (script[2] === PAYOUT_BYTE ? "Paid Pool" : undefined),
    poolByCoinbaseText: (text) =>
      text.includes("/tag ✓/") ? "Tagged Pool" : text.includes("/same ✓/") ? "Paid Pool" : undefined,
  },
  sha256,
};

const COIN = 100_000_000;

/** What needs the heights at which coins were made. */
const AGES = [
  "average_lifespan",
  "coin_days_destroyed",
  "dormancy",
  "net_value_moved",
  "revived_supply",
  "spent_age_bands",
];

/** What needs the spent outputs, and so is unknown without them. */
const NEEDED_SPENT = [
  "avgfee",
  "avgfeerate",
  "change",
  "dust_swept",
  "fee_share_of_reward",
  "feerate_percentiles",
  "feerate_percentiles_exact",
  "input_types",
  "input_values",
  "largest_transfer",
  "maxfee",
  "maxfeerate",
  "medianfee",
  "minfee",
  "minfeerate",
  "reused_outputs",
  "taproot_share",
  "taproot_weight_share",
  "totalfee",
  "transfers_1000btc",
  "transfers_1000btc_value",
  "transfers_100btc",
  "transfers_100btc_value",
  "unclaimed",
  "utxo_size_inc",
  "utxo_size_inc_actual",
  "value_moved",
];

describe("extractFeatures", () => {
  const rich = { value: 300 * COIN, script: keyScript(1) };
  const transactions = [
    coinbase(0x1f4, [{ value: 50 * COIN, script: keyScript(9) }], "/tag ✓/"),
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
    const ofParentsAndAges = ["interval", "mediantime", ...AGES];
    expect(unknown.toSorted()).toEqual([...NEEDED_SPENT, ...ofParentsAndAges, "pool_by_address"].toSorted());
    expect(bare.transaction_kinds.coinjoin).toBeNull();
    const known = Object.fromEntries(Object.entries(bare).filter(([, value]) => value !== null));
    expect({ ...full, transaction_kinds: bare.transaction_kinds }).toMatchObject(known);
  });

  test("coin days need the heights at which the coins were made; nothing else does", () => {
    const height = 145;
    const aged = { ...input.spent, coinHeights: Uint32Array.of(height - 144, height - 72) };
    const known = extractFeatures({ ...input, height, spent: aged }, regtest).features;
    // 300 BTC lay still for a day and 300 BTC for half a day.
    expect(known).toMatchObject({
      coin_days_destroyed: 450,
      dormancy: 0.75,
      average_lifespan: 0.75,
      revived_supply: 0,
      net_value_moved: 450 * COIN,
    });
    expect(known.spent_age_bands).toMatchObject({ under_1h: 0, "1h_1d": 300 * COIN, "1d_1w": 300 * COIN });
    const unknown = extractFeatures({ ...input, height }, regtest).features;
    const nothing = Object.fromEntries(AGES.map((name) => [name, null]));
    expect(unknown).toEqual({ ...known, ...nothing });
  });

  test("a coinbase that takes more than subsidy and fees breaks the invariant", () => {
    const greedy = [coinbase(1, [{ value: 51 * COIN, script: keyScript(9) }])];
    const block = { height: 1, block: blockBytes(greedy), spent: { bytes: spentBytes(greedy) } };
    expect(() => extractFeatures(block, regtest)).toThrow(ParseError);
    expect(() => extractFeatures(block, regtest)).toThrow(
      /^spent outputs: sum: with fees of 0 sats the coinbase takes 100000000 more than subsidy and fees, at byte 0$/,
    );
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

  test.each([
    ["\u0003\u0000/tag ✓/\u00ff", 9, { name: "Tagged Pool", by: "tag" }, false],
    ["/tag ✓/", PAYOUT_BYTE, { name: "Paid Pool", by: "address" }, true],
    ["/same ✓/", PAYOUT_BYTE, { name: "Paid Pool", by: "address" }, false],
    ["nobody", PAYOUT_BYTE, { name: "Paid Pool", by: "address" }, false],
    ["nobody", 9, null, false],
  ])("the payout address tells the pool first, then the tag: %j %i", (text, payout, pool, disagrees) => {
    const empty = [coinbase(1, [{ value: 50 * COIN, script: keyScript(payout) }], text)];
    const block = { height: 1, block: blockBytes(empty), spent: { bytes: spentBytes(empty) } };
    expect(extractFeatures(block, regtest).features).toMatchObject({ pool, pool_disagrees: disagrees });
  });
});
