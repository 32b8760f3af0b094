import {
  type BlockHash,
  blockHashOf,
  type BlockHeader,
  difficultyOf,
  HEADER_SIZE,
  type Network,
  ParseError,
  type Sha256,
  type SpentOutputs,
  subsidyAt,
} from "#bitcoin";
import type { BlockFeatures, Transfer } from "./block-features.ts";
import { blockStats } from "./block-stats.ts";
import { CoinAgeCollector } from "./coin-age-collector.ts";
import { coinbaseText } from "./coinbase-text.ts";
import type { BlockFlows } from "./entity-flows.ts";
import { FlowCollector } from "./flow-collector.ts";
import type { LabelLookup } from "./label-lookup.ts";
import { PARENT_TIMES } from "./parent-times.ts";
import { PoolCollector } from "./pool-collector.ts";
import { PriceCollector } from "./price-collector.ts";
import type { BlockPrices, PriceFeatures } from "./price-features.ts";
import { readBlock, type Take } from "./read-block.ts";
import { ScriptBook, type ScriptWatch } from "./script-book.ts";
import type { ScriptColumns } from "./script-columns.ts";
import { ScriptTypeCollector } from "./script-type-collector.ts";
import { StatsCollector } from "./stats-collector.ts";
import { type TransactionKind, TransactionKindCollector } from "./transaction-kind-collector.ts";
import { TransferCollector } from "./transfer-collector.ts";
import { ValueCollector } from "./value-collector.ts";
import { withWorkspace, type Workspace } from "./workspace.ts";

export type FeatureInput = {
  readonly height: number;
  readonly block: Uint8Array;
  readonly spent: SpentOutputs | undefined;
  /** Header times of the ten parents, ascending by height (fewer near block 0); absent where they are unknown. */
  readonly parentTimes?: readonly number[];
};

/** What somebody watches: scripts, and entities by their place in the lookup. */
export type Watches = { readonly isWatched: ScriptWatch; readonly entities: ReadonlySet<number> };

export type FeatureContext = {
  readonly network: Network;
  readonly labels: LabelLookup;
  readonly sha256: Sha256;
  readonly watches?: Watches | undefined;
  /** Absent where no prices were given. */
  readonly prices?: BlockPrices | undefined;
};

export type ExtractedBlock = {
  readonly header: BlockHeader;
  readonly size: number;
  readonly weight: number;
  readonly features: BlockFeatures;
  readonly transfers: readonly Transfer[];
  /** `undefined` for a block without spent outputs: who pays is not known. */
  readonly flows: BlockFlows | undefined;
  /** Absent where no prices were given. */
  readonly priceFeatures?: PriceFeatures | undefined;
};

/** Coinbases that repeat an earlier transaction id and so add nothing to the UTXO set. Core `IsBIP30Repeat`. */
const BIP30_REPEATS: ReadonlySet<string> = new Set([
  "00000000000a4d0a398161ffc163c503763b1f4360639393e0e4c8e300e0caec",
  "00000000000743f190a18c5577a3c2d2a1f610ae9601ac046a38084ccb7cd721",
]);

/** Hashes that a difficulty of 1 takes on average, and seconds that a block should take. */
const HASHES_PER_DIFFICULTY = 2 ** 32;
const TARGET_SPACING = 600;

/**
 * Everything that a block says, in one pass over its bytes and those of the outputs it spends. Pure.
 * @throws ParseError for bytes that are no block, or where money is not conserved
 */
export function extractFeatures(input: FeatureInput, context: FeatureContext): ExtractedBlock {
  return withWorkspace((workspace) => extractWithin(input, context, workspace));
}

function extractWithin(input: FeatureInput, context: FeatureContext, workspace: Workspace): ExtractedBlock {
  const { block, spent, height } = input;
  const blockhash = blockHashOf(block.subarray(0, HEADER_SIZE), context.sha256);
  const collectors = collectorsFor(input, { ...context, blockhash, columns: workspace.scripts });
  const { stats, flows } = collectors;
  const scanned = readBlock({ block, spent, book: collectors.book, parts: workspace.parts, take: takeOf(collectors) });
  const text = coinbaseText(block.subarray(scanned.coinbaseScript.start, scanned.coinbaseScript.end));
  const known = spent !== undefined;
  const subsidy = subsidyAt(height, context.network);
  const { time, bits } = scanned.header;
  const features: BlockFeatures = {
    ...blockStats(stats, { height, blockhash, subsidy, spentKnown: known }),
    ...headerFeatures(time, bits, input.parentTimes),
    ...scriptFeatures(collectors.scripts, stats, known),
    ...valueFeatures(collectors, spent, subsidy),
    ...collectors.age.ages,
    ...collectors.pool.evidence(text),
    transaction_kinds: kindsOf(collectors.kinds, known),
    unclaimed: known ? unclaimedOf(stats, subsidy) : null,
    coinbase_text: text,
  };
  return {
    header: scanned.header,
    size: scanned.size,
    weight: 4 * (scanned.size - stats.totalSize - stats.coinbaseSize) + stats.totalWeight + stats.coinbaseWeight,
    features,
    transfers: known ? collectors.transfers.transfers : [],
    flows: known ? flows.flows() : undefined,
    priceFeatures: collectors.prices?.featuresAt(scanned.header.time),
  };
}

type Collectors = ReturnType<typeof collectorsFor>;

type Ground = FeatureContext & { readonly blockhash: BlockHash; readonly columns: ScriptColumns };

function collectorsFor({ block, spent, height }: FeatureInput, context: Ground) {
  const { labels, watches, blockhash, columns } = context;
  const sources = { block, spent: spent?.bytes ?? new Uint8Array(0), seed: Number.parseInt(blockhash.slice(-8), 16) };
  const book = new ScriptBook(sources, { labels, isWatched: watches?.isWatched }, columns);
  const flows = new FlowCollector(labels, book);
  const watched = watches?.entities ?? new Set<number>();
  const coinbaseEntersUtxoSet = height !== 0 && !BIP30_REPEATS.has(blockhash);
  return {
    book,
    flows,
    stats: new StatsCollector(block, coinbaseEntersUtxoSet),
    scripts: new ScriptTypeCollector(),
    kinds: new TransactionKindCollector(spent !== undefined),
    values: new ValueCollector(height, spent, book),
    age: new CoinAgeCollector(height, spent),
    pool: new PoolCollector(block, labels),
    prices:
      context.prices &&
      new PriceCollector({
        height,
        block,
        spentKnown: spent !== undefined,
        // A simulation's money begins in block 0, and there it is spent.
        coinbaseEntersUtxoSet: coinbaseEntersUtxoSet || context.network.simulated,
        prices: context.prices,
      }),
    transfers: new TransferCollector({ ...context, block, height, watched, sides: flows.sides }),
  };
}

/** Every call stands for itself, as calls in a loop over collectors cost a third more time. */
function takeOf({ stats, scripts, kinds, values, age, pool, prices, flows, transfers }: Collectors): Take {
  return (tx, parts) => {
    stats.take(tx, parts);
    scripts.take(tx, parts);
    kinds.take(tx, parts);
    values.take(tx, parts);
    age.take(tx, parts);
    pool.take(tx, parts);
    prices?.take(tx, parts);
    flows.take(tx, parts);
    // After flows: transfers ask for the sides of the transaction.
    transfers.take(tx, parts);
  };
}

/** Satoshis that the coinbase could have claimed and did not. */
function unclaimedOf(stats: StatsCollector, subsidy: number): number {
  const unclaimed = subsidy + stats.totalFee - stats.coinbaseOut;
  if (unclaimed < 0) {
    throw new ParseError(
      { document: "spent outputs", path: "sum", offset: 0 },
      `with fees of ${stats.totalFee} sats the coinbase takes ${-unclaimed} more than subsidy and fees`,
    );
  }
  return unclaimed;
}

function headerFeatures(time: number, bits: number, parentTimes: readonly number[] | undefined) {
  const parentTime = parentTimes?.at(-1);
  const difficulty = difficultyOf(bits);
  return {
    time,
    mediantime: medianTimePast(time, parentTimes),
    interval: parentTime === undefined ? null : time - parentTime,
    difficulty,
    hash_rate: (difficulty * HASHES_PER_DIFFICULTY) / TARGET_SPACING,
  };
}

function scriptFeatures(scripts: ScriptTypeCollector, stats: StatsCollector, spentKnown: boolean) {
  const transactions = stats.count;
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return {
    output_types: scripts.outputTypes,
    output_values: scripts.outputValues,
    input_types: spentKnown ? scripts.inputTypes : null,
    input_values: spentKnown ? scripts.inputValues : null,
    segwit_share: share(stats.segwitTransactions, transactions),
    segwit_weight_share: share(stats.segwitWeight, stats.totalWeight),
    taproot_share: spentKnown ? share(scripts.taprootTransactions, transactions) : null,
    taproot_weight_share: spentKnown ? share(scripts.taprootWeight, stats.totalWeight) : null,
    op_return_bytes: scripts.opReturnBytes,
    inscriptions: scripts.inscriptions,
    inscription_bytes: scripts.inscriptionBytes,
    dust_created: scripts.dustCreated,
    dust_swept: spentKnown ? scripts.dustSwept : null,
    reused_outputs: spentKnown ? scripts.reusedOutputs : null,
  };
}

const UNKNOWN_VALUES = {
  fee_share_of_reward: null,
  change: null,
  value_moved: null,
  net_value_moved: null,
  largest_transfer: null,
  transfers_100btc: null,
  transfers_100btc_value: null,
  transfers_1000btc: null,
  transfers_1000btc_value: null,
};

function valueFeatures({ values, transfers, stats }: Collectors, spent: SpentOutputs | undefined, subsidy: number) {
  if (spent === undefined) return UNKNOWN_VALUES;
  const { change, moved, movedAgain, large, veryLarge } = values;
  const reward = stats.totalFee + subsidy;
  return {
    fee_share_of_reward: reward === 0 ? null : stats.totalFee / reward,
    change,
    value_moved: moved,
    net_value_moved: spent.coinHeights === undefined ? null : moved - movedAgain,
    largest_transfer: transfers.largest,
    transfers_100btc: large.count,
    transfers_100btc_value: large.value,
    transfers_1000btc: veryLarge.count,
    transfers_1000btc_value: veryLarge.value,
  };
}

/** Which of the kinds need the amounts of the spent outputs. */
function kindsOf({ counts }: TransactionKindCollector, spentKnown: boolean): Record<TransactionKind, number | null> {
  return spentKnown ? counts : { ...counts, coinjoin: null };
}

/** Core's `GetMedianTimePast` of this block: it and its ten parents. */
function medianTimePast(time: number, parentTimes: readonly number[] | undefined): number | null {
  if (parentTimes === undefined) return null;
  const times = [...parentTimes.slice(-PARENT_TIMES), time].toSorted((left, right) => left - right);
  return times[Math.floor(times.length / 2)] ?? time;
}
