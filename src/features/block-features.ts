import type { BlockHash, Txid } from "#bitcoin";
import type { CoinAge } from "./coin-age-collector.ts";
import type { TransferKind } from "./entity-flows.ts";
import type { Entity } from "./label-lookup.ts";
import type { PoolEvidence } from "./pool-evidence.ts";
import type { ByScriptType } from "./script-type-collector.ts";
import type { TransactionKind } from "./transaction-kind-collector.ts";

/**
 * What `getblockstats` of Bitcoin Core says of a block, under Core's names and definitions
 * (`rpc/blockchain.cpp`): amounts in satoshis, sizes in bytes, fee rates in whole sat/vB, rounded down.
 * `null`: the block came without spent outputs, or (`mediantime`) without its parents.
 */
export type BlockStats = {
  avgfee: number | null;
  avgfeerate: number | null;
  avgtxsize: number;
  blockhash: BlockHash;
  feerate_percentiles: readonly number[] | null;
  height: number;
  ins: number;
  maxfee: number | null;
  maxfeerate: number | null;
  maxtxsize: number;
  medianfee: number | null;
  mediantime: number | null;
  mediantxsize: number;
  minfee: number | null;
  minfeerate: number | null;
  mintxsize: number;
  outs: number;
  subsidy: number;
  swtotal_size: number;
  swtotal_weight: number;
  swtxs: number;
  time: number;
  total_out: number;
  total_size: number;
  total_weight: number;
  totalfee: number | null;
  txs: number;
  utxo_increase: number;
  utxo_size_inc: number | null;
  utxo_increase_actual: number;
  utxo_size_inc_actual: number | null;
};

/**
 * Everything that a block says about itself, by no labels but the pools'. Names are written as Core writes its own;
 * amounts are satoshis, times of coins days of 144 blocks. What needs spent outputs is `null` without them, what needs
 * the heights at which coins were made is `null` without those. `feature-catalogue.ts` defines each field.
 */
export type BlockFeatures = BlockStats &
  CoinAge &
  PoolEvidence & {
    feerate_percentiles_exact: readonly number[] | null;
    fee_share_of_reward: number | null;
    unclaimed: number | null;
    output_types: ByScriptType;
    output_values: ByScriptType;
    input_types: ByScriptType | null;
    input_values: ByScriptType | null;
    segwit_share: number | null;
    segwit_weight_share: number | null;
    taproot_share: number | null;
    taproot_weight_share: number | null;
    op_return_bytes: number;
    inscriptions: number;
    inscription_bytes: number;
    transaction_kinds: Readonly<Record<TransactionKind, number | null>>;
    dust_created: number;
    dust_swept: number | null;
    reused_outputs: number | null;
    change: number | null;
    value_moved: number | null;
    net_value_moved: number | null;
    largest_transfer: number | null;
    transfers_100btc: number | null;
    transfers_100btc_value: number | null;
    transfers_1000btc: number | null;
    transfers_1000btc_value: number | null;
    interval: number | null;
    difficulty: number;
    hash_rate: number;
    coinbase_text: string;
  };

/** A transaction that moves at least {@link NOTABLE_TRANSFER_SATS} to scripts it does not spend from, or is watched. */
export type Transfer = {
  readonly txid: Txid;
  readonly txIndex: number;
  /** Satoshis paid to scripts that are not among the transaction's spent ones (the rest is change). */
  readonly value: number;
  readonly totalIn: number;
  readonly totalOut: number;
  readonly fee: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Receiver of the largest non-change output; `null` where its script has no address. */
  readonly toAddress: string | null;
  /** Satoshis of that output. */
  readonly toValue: number;
  /** Mean age of the spent coins by value, in days of 144 blocks; `null` where a height is unknown. */
  readonly coinAgeDays: number | null;
  /** Whether it touches a script or an entity that is watched. */
  readonly watched: boolean;
  /** By the labels of the moment: who loses most, who wins most, and what that makes of it. */
  readonly from: Entity | null;
  readonly to: Entity | null;
  readonly kind: TransferKind | null;
};

/** 100 BTC. */
export const NOTABLE_TRANSFER_SATS = 10_000_000_000;
