import type { BlockHash } from "#bitcoin";
import type { BlockStats } from "./block-features.ts";
import type { StatsCollector } from "./stats-collector.ts";

type Moment = {
  readonly height: number;
  readonly blockhash: BlockHash;
  readonly subsidy: number;
  readonly spentKnown: boolean;
};

type Stats = Omit<BlockStats, "time" | "mediantime"> & { readonly feerate_percentiles_exact: readonly number[] | null };

/** Core's `getblockstats` of what was collected; what needs the header is apart. */
export function blockStats(stats: StatsCollector, moment: Moment): Stats {
  return {
    ...sizeStats(stats, moment),
    ...feeStats(stats, moment.spentKnown),
    subsidy: moment.subsidy,
  };
}

type SizeStats = Pick<
  Stats,
  | "avgtxsize"
  | "blockhash"
  | "height"
  | "ins"
  | "maxtxsize"
  | "mediantxsize"
  | "mintxsize"
  | "outs"
  | "swtotal_size"
  | "swtotal_weight"
  | "swtxs"
  | "total_out"
  | "total_size"
  | "total_weight"
  | "txs"
  | "utxo_increase"
  | "utxo_increase_actual"
>;

/** What outputs and sizes alone tell. */
function sizeStats(stats: StatsCollector, { height, blockhash }: Moment): SizeStats {
  const sizes = stats.sizeRange();
  return {
    avgtxsize: average(stats.totalSize, stats.count),
    blockhash,
    height,
    ins: stats.ins,
    maxtxsize: sizes.max,
    mediantxsize: sizes.median,
    mintxsize: sizes.min,
    outs: stats.outs,
    swtotal_size: stats.segwitSize,
    swtotal_weight: stats.segwitWeight,
    swtxs: stats.segwitTransactions,
    total_out: stats.totalOut,
    total_size: stats.totalSize,
    total_weight: stats.totalWeight,
    txs: stats.count + 1,
    utxo_increase: stats.outs - stats.ins,
    utxo_increase_actual: stats.spendableOuts - stats.ins,
  };
}

type FeeStats = Pick<
  Stats,
  | "avgfee"
  | "avgfeerate"
  | "feerate_percentiles"
  | "feerate_percentiles_exact"
  | "maxfee"
  | "maxfeerate"
  | "medianfee"
  | "minfee"
  | "minfeerate"
  | "totalfee"
  | "utxo_size_inc"
  | "utxo_size_inc_actual"
>;

const UNKNOWN_FEES: FeeStats = {
  avgfee: null,
  avgfeerate: null,
  feerate_percentiles: null,
  feerate_percentiles_exact: null,
  maxfee: null,
  maxfeerate: null,
  medianfee: null,
  minfee: null,
  minfeerate: null,
  totalfee: null,
  utxo_size_inc: null,
  utxo_size_inc_actual: null,
};

/** What needs the values of the spent outputs. */
function feeStats(stats: StatsCollector, spentKnown: boolean): FeeStats {
  if (!spentKnown) return UNKNOWN_FEES;
  const fees = stats.feeRange();
  const rates = stats.feeRateRange();
  const exact = stats.percentiles();
  return {
    avgfee: average(stats.totalFee, stats.count),
    avgfeerate: average(stats.totalFee * 4, stats.totalWeight),
    feerate_percentiles: exact.map(Math.floor),
    feerate_percentiles_exact: exact,
    maxfee: fees.max,
    maxfeerate: rates.max,
    medianfee: fees.median,
    minfee: fees.min,
    minfeerate: rates.min,
    totalfee: stats.totalFee,
    utxo_size_inc: stats.createdBytes - stats.spentBytes,
    utxo_size_inc_actual: stats.spendableBytes - stats.spentBytes,
  };
}

/** Core divides integers: rounded down, 0 where there is nothing. */
function average(sum: number, count: number): number {
  return count === 0 ? 0 : Math.floor(sum / count);
}
