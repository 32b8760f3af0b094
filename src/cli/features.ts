import { type ChainBlock, type ChainSource, type FollowableSource, openSource } from "#chain";
import type { Config } from "#config";
import type { BlockFeatures, ExtractedBlock } from "#features";
import { createProcessContext, extractBlock, openPrices } from "#ingest";
import { type CompiledLabels, createLabelCompiler, readLabelFiles } from "#labels";
import { sha256 } from "#lib";
import { chooseSource } from "./choose-source.ts";
import { openPriceFile, tellOfPrices } from "./open-price-file.ts";
import type { Terminal } from "./terminal.ts";

type Output = (text: string) => void;

/** Parents whose header times the median time past needs. */
const PARENTS = 10;

/** `utxoiq features`: one line per block, ascending by height; stores nothing. */
export async function features(
  config: Config,
  { json, labels, output }: { readonly json: boolean; readonly labels: readonly string[]; readonly output: Output },
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<void> {
  const file = await openPriceFile(config, terminal);
  const { spec, options } = await chooseSource(config, terminal, signal);
  const source = await openSource(spec, options, signal);
  try {
    if (spec.kind !== "dir" && spec.kind !== "simnet") terminal.line("Source", source.description);
    const firstHeight = source.kind === "set" ? 0 : source.firstHeight;
    const prices = file && (await openPrices({ file, source, firstHeight, signal, ...tellOfPrices(terminal) }));
    const context = createProcessContext(source, { labels: await compileFiles(source, labels), prices });
    const parents: BlockFeatures[] = [];
    if (source.kind === "chain") await tellCut(source, options.historyBlocks, terminal);
    for await (const block of blocksOf(source, signal)) {
      const extracted = extractBlock(block, source.kind === "set" ? undefined : parents, context);
      parents.push(extracted.features);
      if (parents.length > PARENTS) parents.shift();
      output(json ? toJson(extracted) : describe(extracted.features));
    }
  } finally {
    await source.close();
  }
}

/** Flows and prices are things of their own: without prices the object is as if there were none. */
function toJson({ features: block, flows, priceFeatures }: ExtractedBlock): string {
  const prices = priceFeatures === undefined ? {} : { prices: priceFeatures };
  return JSON.stringify({ ...block, flows: flows ?? null, ...prices });
}

/** Labels of files beside the built-in ones, for this run alone. */
async function compileFiles({ network, pools }: ChainSource, paths: readonly string[]): Promise<CompiledLabels> {
  const compiler = createLabelCompiler({ network, sha256 }, pools);
  for await (const label of readLabelFiles(paths, { network, sha256 }).labels) compiler.add(label);
  return compiler.finish(0);
}

/** A set as it is; a chain from its first block to where its tip is now. */
async function* blocksOf(source: ChainSource, signal: AbortSignal): AsyncIterable<ChainBlock> {
  if (source.kind === "set") {
    yield* source.blocks(signal);
    return;
  }
  const height = await source.tipHeight();
  for await (const event of source.follow([], signal)) {
    if (event.type === "connect") yield event.block;
    if (event.type === "connect" && event.block.height >= height) return;
  }
}

/** A pruned node tells by itself where it begins. */
async function tellCut(source: FollowableSource, historyBlocks: number, terminal: Terminal): Promise<void> {
  const count = (await source.tipHeight()) - source.firstHeight + 1;
  if (source.firstHeight === 0 || count < historyBlocks) return;
  terminal.line("Blocks", `the newest ${count.toLocaleString("en")}; --history-blocks 1000000 prints all there are`);
}

function describe(block: BlockFeatures): string {
  const fees =
    block.totalfee === null
      ? "fees unknown"
      : `fees ${block.totalfee} sats, median ${block.feerate_percentiles?.[2]} sat/vB`;
  return `${block.height} ${block.blockhash} ${block.txs} ${block.txs === 1 ? "transaction" : "transactions"}, ${fees}, ${block.pool?.name ?? "unknown pool"}`;
}
