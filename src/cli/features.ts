import { openSource, type SourceHealth } from "#chain";
import type { Config } from "#config";
import type { BlockFeatures } from "#features";
import { createProcessContext, extractBlock } from "#ingest";
import { chooseSource } from "./choose-source.ts";
import { featuresOfEvents } from "./features-of-events.ts";
import { followToTip } from "./follow-to-tip.ts";
import type { Terminal } from "./terminal.ts";

type Output = (text: string) => void;

/**
 * `utxoiq features`: one line per block, ascending by height, of a chain to where its tip is now; stores nothing. Where the
 * tip is reorganised meanwhile, the blocks that replace printed ones come after them.
 */
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
    const print = (block: BlockFeatures): void => output(json ? JSON.stringify(block) : describe(block));
    if (source.kind === "set") {
      for await (const block of source.blocks(signal)) print(extractBlock(block, undefined, context).features);
      return;
    }
    const onHealth = (health: SourceHealth): void => terminal.line("Source", describeHealth(health));
    const events = followToTip(source, { onHealth, signal });
    for await (const block of featuresOfEvents(events, context, options.finality)) print(block);
  } finally {
    await source.close();
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
