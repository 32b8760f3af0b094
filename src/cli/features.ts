import { type ChainBlock, type ChainSource, openSource, type SourceHealth } from "#chain";
import type { Config } from "#config";
import type { BlockFeatures } from "#features";
import { createProcessContext, extractBlock } from "#ingest";
import { chooseSource } from "./choose-source.ts";
import { followToTip } from "./follow-to-tip.ts";
import type { Terminal } from "./terminal.ts";

type Output = (text: string) => void;

/** Parents whose header times the median time past needs. */
const PARENTS = 10;

/** `utxoiq features`: one line per block, ascending by height; stores nothing. */
export async function features(
  config: Config,
  { json, output }: { readonly json: boolean; readonly output: Output },
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<void> {
  const { spec, options } = await chooseSource(config, terminal, signal);
  const source = await openSource(spec, options, signal);
  try {
    if (spec.kind !== "dir" && spec.kind !== "simnet") terminal.line("Source", source.description);
    const context = createProcessContext(source);
    const parents: BlockFeatures[] = [];
    for await (const block of blocksOf(source, terminal, signal)) {
      const extracted = extractBlock(block, source.kind === "set" ? undefined : parents, context);
      parents.push(extracted.features);
      if (parents.length > PARENTS) parents.shift();
      output(json ? JSON.stringify(extracted.features) : describe(extracted.features));
    }
  } finally {
    await source.close();
  }
}

/** A set as it is; a chain from its first block to where its tip is now. */
async function* blocksOf(source: ChainSource, terminal: Terminal, signal: AbortSignal): AsyncIterable<ChainBlock> {
  if (source.kind === "set") {
    yield* source.blocks(signal);
    return;
  }
  const onHealth = (health: SourceHealth): void => terminal.line("Source", describeHealth(health));
  for await (const event of followToTip(source, { onHealth, signal })) {
    if (event.type === "connect") yield event.block;
  }
}

function describeHealth({ state, reason }: SourceHealth): string {
  return reason === null ? "healthy again" : `${state}: ${reason}`;
}

function describe(block: BlockFeatures): string {
  const fees =
    block.totalfee === null
      ? "fees unknown"
      : `fees ${block.totalfee} sats, median ${block.feerate_percentiles?.[2]} sat/vB`;
  return `${block.height} ${block.blockhash} ${block.txs} transactions, ${fees}, ${block.pool?.name ?? "unknown pool"}`;
}
