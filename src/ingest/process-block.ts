import type { Sha256 } from "#bitcoin";
import { type ChainBlock, type ChainSource, namingFile } from "#chain";
import { type BlockFeatures, extractFeatures, type ExtractedBlock, type LabelLookup } from "#features";
import { PARENT_TIMES, type Watches } from "#features";
import type { Publication } from "#insights";
import { createLabelCompiler } from "#labels";
import { AppError, sha256 } from "#lib";
import type { Calibration, Detection, Quiet } from "#signals";
import type { BlockToSave } from "#store";
import { headerOf } from "./header-of.ts";
import { type JudgedRow, judgeRow } from "./judge-row.ts";
import type { ProcessPrices } from "./prices/open-prices.ts";

/** What stays the same from block to block of one source. */
export type ProcessContext = {
  readonly source: ChainSource;
  readonly labels: LabelLookup;
  /** Absent where nothing is watched. */
  readonly watches?: Watches | undefined;
  readonly sha256: Sha256;
  /** Absent where none were given. */
  readonly prices?: ProcessPrices | undefined;
  /** Conditions that were observed and are in no block. */
  readonly observed?: readonly Quiet[] | undefined;
  /** Absent: all is published. */
  readonly publication?: Publication | undefined;
  /** What the network's own outcomes have taught; absent where what is known beforehand counts. */
  readonly calibration?: Calibration | undefined;
};

/** Without labels of the caller it knows the built-in ones and the pools that the source names. */
export function createProcessContext(
  source: ChainSource,
  { labels, ...rest }: Partial<Pick<ProcessContext, "labels" | "watches" | "prices" | "publication">> = {},
): ProcessContext {
  const builtin = (): LabelLookup => createLabelCompiler({ network: source.network, sha256 }, source.pools).finish(0);
  return { source, labels: labels ?? builtin(), sha256, ...rest };
}

/** `parents`: features of connected parents, ascending; `undefined` for a block whose parents are unknown. */
export function extractBlock(
  block: ChainBlock,
  parents: readonly Pick<BlockFeatures, "time">[] | undefined,
  context: ProcessContext,
): ExtractedBlock {
  const input = { height: block.height, block: block.bytes, spent: block.spent };
  const parentTimes = knownParentTimes(block.height, parents);
  const extracted = namingFile(block.origin, () =>
    extractFeatures(parentTimes === undefined ? input : { ...input, parentTimes }, {
      network: context.source.network,
      labels: context.labels,
      watches: context.watches,
      sha256: context.sha256,
      prices: context.prices,
    }),
  );
  if (parents !== undefined) context.prices?.remember(block.height, extracted.header.time);
  return extracted;
}

/** What came before a block. */
export type Past = {
  /** Features of connected parents, ascending; `undefined` for a block whose parents are unknown. */
  readonly parents: readonly BlockFeatures[] | undefined;
  /** Has taken those parents, and takes the block. */
  readonly detection: Pick<Detection, "take" | "quiet" | "updates" | "recollection">;
};

export type ProcessedBlock = Omit<BlockToSave, "announce"> & Pick<JudgedRow, "said">;

/** Block → features → signals → insights, ready to be stored. */
export function processBlock(block: ChainBlock, { parents, detection }: Past, context: ProcessContext): ProcessedBlock {
  const extracted = extractBlock(block, parents, context);
  const { features, transfers, flows, priceFeatures } = extracted;
  if (flows === undefined) throw spentMissing(block);
  const { calibration, publication, observed = [] } = context;
  const { simulated } = context.source.network;
  const row = { features, transfers, flows };
  return {
    header: headerOf(block, extracted),
    connected: parents !== undefined,
    ...row,
    priceFeatures,
    ...judgeRow({ row, observed }, { detection, simulated, calibration, publication }),
  };
}

function spentMissing({ origin }: ChainBlock): AppError {
  return new AppError("INGEST_SPENT_MISSING", `${origin.block}: its spent outputs are missing, so it is not stored`);
}

/** The median time past needs so many parents, or all there are. */
function knownParentTimes(
  height: number,
  parents: readonly Pick<BlockFeatures, "time">[] | undefined,
): number[] | undefined {
  if (parents === undefined || parents.length < Math.min(PARENT_TIMES, height)) return undefined;
  return parents.slice(-PARENT_TIMES).map((parent) => parent.time);
}
