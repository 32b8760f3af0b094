import {
  type BlockHash,
  blockHashOf,
  type BlockVisitor,
  HEADER_SIZE,
  type BlockHeader,
  type Network,
  ParseError,
  scanBlock,
  type Sha256,
  type SpentOutputs,
  subsidyAt,
} from "#bitcoin";
import type { BlockFeatures, Transfer } from "./block-features.ts";
import { CoinAgeCollector } from "./coin-age-collector.ts";
import type { LabelLookup } from "./label-lookup.ts";
import { PoolCollector } from "./pool-collector.ts";
import { StatsCollector } from "./stats-collector.ts";
import { TransferCollector } from "./transfer-collector.ts";

export type FeatureInput = {
  readonly height: number;
  readonly block: Uint8Array;
  readonly spent: SpentOutputs | undefined;
  /** Header times of the ten parents, ascending by height (fewer near block 0); absent where they are unknown. */
  readonly parentTimes?: readonly number[];
};

export type FeatureContext = { readonly network: Network; readonly labels: LabelLookup; readonly sha256: Sha256 };

export type ExtractedBlock = {
  readonly header: BlockHeader;
  readonly size: number;
  readonly weight: number;
  readonly features: BlockFeatures;
  readonly transfers: readonly Transfer[];
};

/** Coinbases that repeat an earlier transaction id and so add nothing to the UTXO set. Core `IsBIP30Repeat`. */
const BIP30_REPEATS: ReadonlySet<string> = new Set([
  "00000000000a4d0a398161ffc163c503763b1f4360639393e0e4c8e300e0caec",
  "00000000000743f190a18c5577a3c2d2a1f610ae9601ac046a38084ccb7cd721",
]);

/**
 * Everything that a block says, in one pass over its bytes and those of the outputs it spends. Pure.
 * @throws ParseError for bytes that are no block, or where money is not conserved
 */
export function extractFeatures(input: FeatureInput, context: FeatureContext): ExtractedBlock {
  const { block, spent, height } = input;
  const blockhash = blockHashOf(block.subarray(0, HEADER_SIZE), context.sha256);
  const stats = new StatsCollector(block, height !== 0 && !BIP30_REPEATS.has(blockhash));
  const transfers = spent === undefined ? undefined : new TransferCollector({ ...context, block, spent });
  const pool = new PoolCollector(block, context.labels);
  const age = new CoinAgeCollector(height, spent);
  const scanned = scanBlock(block, spent, visitorOf({ stats, transfers, pool, age }));
  const subsidy = subsidyAt(height, context.network);
  const unclaimed = spent === undefined ? null : subsidy + stats.totalFee - stats.coinbaseOut;
  if (unclaimed !== null && unclaimed < 0) {
    throw new ParseError(
      { document: "spent outputs", path: "sum", offset: 0 },
      `with fees of ${stats.totalFee} sats the coinbase takes ${-unclaimed} more than subsidy and fees`,
    );
  }
  const features: BlockFeatures = {
    ...sizeStats(stats, input, blockhash),
    ...feeStats(stats, spent !== undefined),
    subsidy,
    time: scanned.header.time,
    mediantime: medianTimePast(scanned.header.time, input.parentTimes),
    output_types: stats.outputTypes,
    pool: pool.attribution(block.subarray(scanned.coinbaseScript.start, scanned.coinbaseScript.end)),
    largest_transfer: transfers?.largest ?? null,
    unclaimed,
    coin_days_destroyed: age.coinDaysDestroyed,
  };
  return {
    header: scanned.header,
    size: scanned.size,
    weight: 4 * (scanned.size - stats.totalSize - stats.coinbaseSize) + stats.totalWeight + stats.coinbaseWeight,
    features,
    transfers: transfers?.transfers ?? [],
  };
}

type Collectors = {
  readonly stats: StatsCollector;
  readonly transfers: TransferCollector | undefined;
  readonly pool: PoolCollector;
  readonly age: CoinAgeCollector;
};

function visitorOf({ stats, transfers, pool, age }: Collectors): BlockVisitor {
  return {
    spent(coin) {
      stats.spent(coin);
      age.spent(coin);
      transfers?.spent(coin);
    },
    output(output, tx) {
      stats.output(output, tx);
      transfers?.output(output);
      pool.output(output, tx);
    },
    transaction(tx) {
      stats.transaction(tx);
      transfers?.transaction(tx);
    },
  };
}

type SizeStats = Pick<
  BlockFeatures,
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
function sizeStats(stats: StatsCollector, input: FeatureInput, blockhash: BlockHash): SizeStats {
  const sizes = Float64Array.from(stats.sizes).sort();
  return {
    avgtxsize: average(stats.totalSize, sizes.length),
    blockhash,
    height: input.height,
    ins: stats.ins,
    maxtxsize: sizes.at(-1) ?? 0,
    mediantxsize: truncatedMedian(sizes),
    mintxsize: sizes[0] ?? 0,
    outs: stats.outs,
    swtotal_size: stats.segwitSize,
    swtotal_weight: stats.segwitWeight,
    swtxs: stats.segwitTransactions,
    total_out: stats.totalOut,
    total_size: stats.totalSize,
    total_weight: stats.totalWeight,
    txs: sizes.length + 1,
    utxo_increase: stats.outs - stats.ins,
    utxo_increase_actual: stats.spendableOuts - stats.ins,
  };
}

type FeeStats = Pick<
  BlockFeatures,
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
  const fees = stats.sortedFees();
  const rates = stats.feeRateRange();
  const exact = stats.percentiles();
  return {
    avgfee: average(stats.totalFee, fees.length),
    avgfeerate: average(stats.totalFee * 4, stats.totalWeight),
    feerate_percentiles: exact.map(Math.floor),
    feerate_percentiles_exact: exact,
    maxfee: fees.at(-1) ?? 0,
    maxfeerate: rates.max,
    medianfee: truncatedMedian(fees),
    minfee: fees[0] ?? 0,
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

/** Core's `CalculateTruncatedMedian` of ascending values. */
function truncatedMedian(sorted: Float64Array): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : Math.floor(((sorted[middle - 1] ?? 0) + upper) / 2);
}

/** Core's `GetMedianTimePast` of this block: it and its ten parents. */
function medianTimePast(time: number, parentTimes: readonly number[] | undefined): number | null {
  if (parentTimes === undefined) return null;
  const times = [...parentTimes.slice(-10), time].toSorted((left, right) => left - right);
  return times[Math.floor(times.length / 2)] ?? time;
}
