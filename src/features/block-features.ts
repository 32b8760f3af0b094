import type { BlockHash, ScriptType, Txid } from "#bitcoin";

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

/** Who mined the block, and what told us so. */
export type PoolAttribution = { readonly name: string; readonly by: "address" | "tag" };

/** Everything that a block says about itself. Names are written as Core writes its own. */
export type BlockFeatures = BlockStats & {
  /** 10/25/50/75/90th percentile by weight of the unrounded fee rates, sat/vB. */
  feerate_percentiles_exact: readonly number[] | null;
  /** Outputs by script type, the coinbase's included. */
  output_types: Readonly<Record<ScriptType, number>>;
  pool: PoolAttribution | null;
  /** Satoshis of the largest transfer: what one transaction pays to scripts that it does not spend from. */
  largest_transfer: number | null;
  /** Satoshis that the coinbase could have claimed and did not. */
  unclaimed: number | null;
  /**
   * Sum over the spent coins of value in BTC times age in days, a day being 144 blocks; `null` where the heights at
   * which they were made are unknown. Glassnode's and BRK's definition, with heights in the place of times.
   */
  coin_days_destroyed: number | null;
};

/** A transaction that moves at least {@link NOTABLE_TRANSFER_SATS} to scripts it does not spend from. */
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
};

/** 100 BTC. */
export const NOTABLE_TRANSFER_SATS = 10_000_000_000;
