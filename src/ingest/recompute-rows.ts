import type { BlockRef, BlockSetSource, ChainBlock, ChainSource, FollowableSource } from "#chain";
import { type EntityFlow, type LabelLookup, PARENT_TIMES } from "#features";
import { bundleRowOf, type BundleRow, type InsightBundle } from "#insights";
import { AppError } from "#lib";
import { createProcessContext, extractBlock } from "./process-block.ts";

type RecomputeOptions<Source extends ChainSource = ChainSource> = {
  readonly source: Source;
  readonly bundle: InsightBundle;
  /** The table by which rows of this version are told. */
  readonly labelsOf: (version: number) => Promise<LabelLookup>;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal: AbortSignal;
};

/**
 * The rows of a bundle, computed anew from the blocks of a source. A label version is a number of the node that gave it,
 * so rows keep the bundle's.
 * @throws AppError where the source is of another chain, lacks a block or has another one at its height
 */
export async function recomputeRows(options: RecomputeOptions): Promise<readonly BundleRow[]> {
  const { source, bundle, signal } = options;
  refuseOtherChain(source, bundle);
  const rows =
    source.kind === "set" ? await rowsOfSet({ ...options, source }) : await rowsOfChain({ ...options, source });
  signal.throwIfAborted();
  const missing = bundle.rows[rows.length];
  if (missing === undefined) return rows;
  throw noBlock(source, missing.features.height, "");
}

async function rowsOfSet(options: RecomputeOptions<BlockSetSource>): Promise<BundleRow[]> {
  const { source, bundle, onProgress, signal } = options;
  const rows: BundleRow[] = [];
  for await (const block of source.blocks(signal)) {
    if (block.hash !== bundle.rows[rows.length]?.features.blockhash) continue;
    rows.push(await recompute(block, rows, options));
    onProgress({ done: rows.length, total: bundle.rows.length });
  }
  return rows;
}

/** A source may lead through blocks that it takes back later: another block than the bundle's counts at the tip alone. */
async function rowsOfChain(options: RecomputeOptions<FollowableSource>): Promise<BundleRow[]> {
  const { source, bundle, onProgress, signal } = options;
  const { base, rows: due } = bundle;
  const first = due[0]?.features.height ?? 0;
  const rows: BundleRow[] = [];
  if ((await source.tipHeight()) < first + due.length - 1) return rows;
  for await (const event of source.follow(base.block === null ? [] : [base.block], signal)) {
    const { block } = event;
    const place = block.height - first;
    if (event.type === "disconnect") rows.length = Math.max(0, Math.min(rows.length, place));
    else if (place === rows.length && block.hash === due[place]?.features.blockhash) {
      rows.push(await recompute(event.block, rows, options));
      onProgress({ done: rows.length, total: due.length });
      if (rows.length === due.length) return rows;
    } else if (block.height >= event.tipHeight) throw otherBlock(source, block, bundle);
  }
  return rows;
}

async function recompute(
  block: ChainBlock,
  told: readonly BundleRow[],
  { source, bundle: { rows, base, connected }, labelsOf }: RecomputeOptions,
): Promise<BundleRow> {
  const bundled = rows[told.length]?.flows;
  const labelVersion = bundled?.labelVersion ?? 0;
  const context = createProcessContext(source, { labels: await labelsOf(labelVersion) });
  const before = base.parentTimes.map((time) => ({ time }));
  const parents = [...before, ...told.slice(-PARENT_TIMES).map(({ features }) => features)];
  const { features, transfers, flows } = extractBlock(block, connected ? parents : undefined, context);
  if (flows === undefined) throw noBlock(source, block.height, " with what it spends");
  const saysHowSure = bundled?.entities.some(({ certainty }) => certainty !== undefined) === true;
  const entities = saysHowSure ? flows.entities : flows.entities.map(withoutCertainty);
  return bundleRowOf({ features, transfers, flows: { ...flows, labelVersion, entities } });
}

/** Rows of earlier versions do not say how sure labels were; neither do those of a node whose labels do not. */
function withoutCertainty({ certainty: _, ...flow }: EntityFlow): EntityFlow {
  return flow;
}

function refuseOtherChain({ name, network, chainId, kind }: ChainSource, { chain }: InsightBundle): void {
  const isSame = network.name === chain.network && (kind === "set" || chainId === chain.chainId);
  if (isSame) return;
  const message = `the bundle is of ${chain.network} (${chain.chainId}), and ${name} is on ${network.name} (${chainId})`;
  throw new AppError("INGEST_REPLAY_OTHER_CHAIN", message);
}

function noBlock({ name }: ChainSource, height: number, what: string): AppError {
  return new AppError("INGEST_REPLAY_NO_BLOCK", `${name} does not give block ${height} of the bundle${what}`);
}

function otherBlock({ name }: ChainSource, tip: BlockRef, { insight }: InsightBundle): AppError {
  const message = `the chain of ${name} up to block ${tip.height} (${tip.hash}) does not hold all blocks of the bundle, up to ${insight.height} (${insight.blockHash}): the insight's branch was left, or the source is on another`;
  return new AppError("INGEST_REPLAY_OTHER_CHAIN", message);
}
