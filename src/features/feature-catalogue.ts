import type { BlockFeatures } from "./block-features.ts";

/** What a field of a block row is: docs/reference/features.md is made from it. */
export type FeatureDefinition = {
  readonly unit: string;
  /** Formula, or what is counted. */
  readonly meaning: string;
  readonly source: string;
  /** What the field needs beyond the block; without it, it is `null`. */
  readonly needs?: "spent outputs" | "coin heights" | "parents";
};

const CORE = "Core `getblockstats`";
const OURS = "utxoIQ";

const core = (unit: string, meaning: string): FeatureDefinition => ({ unit, meaning, source: CORE });
const coreOfSpent = (unit: string, meaning: string): FeatureDefinition => ({
  ...core(unit, meaning),
  needs: "spent outputs",
});
const ofSpent = (unit: string, meaning: string, source: string): FeatureDefinition => ({
  unit,
  meaning,
  source,
  needs: "spent outputs",
});
const ofHeights = (unit: string, meaning: string, source: string): FeatureDefinition => ({
  unit,
  meaning,
  source,
  needs: "coin heights",
});

/** Every field of {@link BlockFeatures}, in the order in which the reference shows them. */
export const FEATURE_CATALOGUE: Readonly<Record<keyof BlockFeatures, FeatureDefinition>> = {
  height: core("blocks", "Height of the block."),
  blockhash: core("hash", "Hash of the header."),
  time: core("unix seconds", "Header time, as the miner claims it."),
  mediantime: { ...core("unix seconds", "Median time past: of the block and its ten parents."), needs: "parents" },
  interval: { unit: "seconds", meaning: "time − time of the parent; may be negative.", source: OURS, needs: "parents" },
  difficulty: {
    unit: "ratio",
    meaning: "Target of difficulty 1 over the header's target.",
    source: "Core `GetDifficulty`",
  },
  hash_rate: {
    unit: "hashes/s",
    meaning: "difficulty · 2³² / 600: what would make a block in ten minutes on average.",
    source: "Core `getnetworkhashps` at its expected interval",
  },
  txs: core("transactions", "Transactions, the coinbase included."),
  ins: core("inputs", "Inputs without the coinbase's."),
  outs: core("outputs", "Outputs, the coinbase's included."),
  subsidy: core("satoshis", "What the block may create, fees apart."),
  total_out: core("satoshis", "Outputs of all transactions but the coinbase."),
  total_size: core("bytes", "Size of all transactions but the coinbase, with witness."),
  total_weight: core("weight units", "Weight of all transactions but the coinbase."),
  totalfee: coreOfSpent("satoshis", "Fees: inputs − outputs of all transactions but the coinbase."),
  avgfee: coreOfSpent("satoshis", "totalfee / transactions without the coinbase, rounded down."),
  medianfee: coreOfSpent("satoshis", "Median fee, rounded down."),
  minfee: coreOfSpent("satoshis", "Lowest fee."),
  maxfee: coreOfSpent("satoshis", "Highest fee."),
  avgfeerate: coreOfSpent("sat/vB", "4 · totalfee / total_weight, rounded down."),
  minfeerate: coreOfSpent("sat/vB", "Lowest fee rate, rounded down."),
  maxfeerate: coreOfSpent("sat/vB", "Highest fee rate, rounded down."),
  feerate_percentiles: coreOfSpent("sat/vB", "10/25/50/75/90th percentile by weight of the fee rates, rounded down."),
  feerate_percentiles_exact: ofSpent("sat/vB", "The same without rounding.", OURS),
  fee_share_of_reward: ofSpent(
    "share",
    "totalfee / (subsidy + totalfee); null of no reward.",
    "Coin Metrics `FeeRevPct`",
  ),
  unclaimed: ofSpent("satoshis", "subsidy + totalfee − outputs of the coinbase: what the miner left.", OURS),
  avgtxsize: core("bytes", "total_size / transactions without the coinbase, rounded down."),
  mediantxsize: core("bytes", "Median size, the coinbase apart, rounded down."),
  mintxsize: core("bytes", "Smallest size, the coinbase apart."),
  maxtxsize: core("bytes", "Largest size, the coinbase apart."),
  swtxs: core("transactions", "Transactions with a witness, the coinbase apart."),
  swtotal_size: core("bytes", "Their size."),
  swtotal_weight: core("weight units", "Their weight."),
  segwit_share: { unit: "share", meaning: "swtxs / transactions without the coinbase; null of none.", source: OURS },
  segwit_weight_share: { unit: "share", meaning: "swtotal_weight / total_weight; null of none.", source: OURS },
  taproot_share: ofSpent(
    "share",
    "Share of the transactions, the coinbase apart, that pay or spend p2tr; null of none.",
    OURS,
  ),
  taproot_weight_share: ofSpent("share", "Share of their weight in total_weight; null of none.", OURS),
  utxo_increase: core("outputs", "outs − ins."),
  utxo_increase_actual: core("outputs", "The same without outputs that can never be spent."),
  utxo_size_inc: coreOfSpent("bytes", "Growth of the UTXO set as Core counts it, 41 bytes an output added."),
  utxo_size_inc_actual: coreOfSpent("bytes", "The same without outputs that can never be spent."),
  output_types: {
    unit: "outputs",
    meaning: "Outputs by script type, the coinbase's included.",
    source: "Core `script/solver.cpp`",
  },
  output_values: { unit: "satoshis", meaning: "What they hold.", source: "Core `script/solver.cpp`" },
  input_types: ofSpent("inputs", "Spent coins by script type.", "Core `script/solver.cpp`"),
  input_values: ofSpent("satoshis", "What they held.", "Core `script/solver.cpp`"),
  op_return_bytes: { unit: "bytes", meaning: "Length of all scripts that begin with OP_RETURN.", source: OURS },
  inscriptions: {
    unit: "envelopes",
    meaning:
      "OP_FALSE OP_IF, a push of `ord`, pushes, OP_ENDIF where the script of a script path spend stands in a witness; as ord, of any leaf version, of coins that are not taproot too, none in a script that ends within a push. Envelopes of OP_DROP, which newer versions of ord count, are left out.",
    source: "ord `envelope.rs`",
  },
  inscription_bytes: { unit: "bytes", meaning: "Length of these envelopes.", source: "ord `envelope.rs`" },
  transaction_kinds: {
    unit: "transactions",
    meaning:
      "By kind, the coinbase apart, several kinds at once: consolidation (inputs ≥ 5 · outputs), batch_payout (outputs ≥ 5 · inputs), coinjoin (alike: ≥ 5 inputs and outputs, at most half of the amounts distinct, no script paid twice or paid and spent; null without spent outputs), data_carrier (OP_RETURN or an inscription), rbf (a sequence below 0xfffffffe), version3, locktime (not 0, and a sequence that lets it count).",
    source: "mempool.space flags; BIP125; BIP431",
  },
  dust_created: {
    unit: "outputs",
    meaning: "Outputs below the dust threshold of their script: 3 sat/vB times output and spending input.",
    source: "Core `GetDustThreshold`",
  },
  dust_swept: ofSpent("inputs", "Spent coins below that threshold.", "Core `GetDustThreshold`"),
  reused_outputs: ofSpent(
    "outputs",
    "Outputs, OP_RETURN apart, whose script the block had before, in an output or a spent coin.",
    OURS,
  ),
  change: ofSpent("satoshis", "Outputs to scripts that their own transaction spends from.", OURS),
  value_moved: ofSpent("satoshis", "total_out − change.", OURS),
  net_value_moved: ofHeights(
    "satoshis",
    "value_moved − what of it is moved once more in this block: coins that it made and spends, as far as they were not change.",
    "Coin Metrics `TxTfrValAdj`, within a block",
  ),
  largest_transfer: ofSpent(
    "satoshis",
    "The most that one transaction pays to scripts that it does not spend from.",
    OURS,
  ),
  transfers_100btc: ofSpent("transactions", "Transactions that pay 100 BTC or more so.", OURS),
  transfers_100btc_value: ofSpent("satoshis", "What they pay so.", OURS),
  transfers_1000btc: ofSpent("transactions", "Transactions that pay 1,000 BTC or more so.", OURS),
  transfers_1000btc_value: ofSpent("satoshis", "What they pay so.", OURS),
  coin_days_destroyed: ofHeights(
    "BTC · days",
    "Sum over spent coins of value · age; a day is 144 blocks.",
    "Glassnode `CDD`, heights for times",
  ),
  dormancy: ofHeights("days", "Mean age of the spent coins by value; null of none.", "Glassnode `Dormancy`"),
  average_lifespan: ofHeights(
    "days",
    "Mean age of the spent coins, each counted once; null of none.",
    "Glassnode `ASOL`",
  ),
  spent_age_bands: ofHeights(
    "satoshis",
    "Value of the spent coins by age: < 1 h (6 blocks), < 1 d, 1 w, 1 m (30 d), 3 m, 6 m, 1 y (365 d), 2 y, 3 y, 5 y, 7 y, 10 y, older.",
    "Glassnode `SOAB`",
  ),
  revived_supply: ofHeights(
    "satoshis",
    "Value of the spent coins that lay still for a year or more.",
    "Glassnode `Revived Supply`",
  ),
  pool: {
    unit: "name, by",
    meaning: "Who mined it: by payout address, else by tag.",
    source: "0xB10C's `bitcoin-pool-identification`",
  },
  pool_by_address: { unit: "name", meaning: "Pool by payout address; null where none is known.", source: OURS },
  pool_by_tag: {
    unit: "name",
    meaning: "Pool by the text in the coinbase, which anyone can forge; null where none is known.",
    source: OURS,
  },
  pool_disagrees: {
    unit: "yes or no",
    meaning: "Both are known, and differ in more than case and the word pool.",
    source: OURS,
  },
  coinbase_text: { unit: "text", meaning: "The coinbase's script as UTF-8, all else left out.", source: OURS },
};
