import { type FollowableSource, openSource, type SourceHealth } from "#chain";
import { type Config, type Flags, readConfig, type SettingName } from "#config";
import { type BlockFeatures, describeFeatures, type ExtractedBlock } from "#features";
import { createProcessContext, extractBlock, openPrices } from "#ingest";
import { chooseSource } from "./choose-source.ts";
import { jsonOfFlows } from "./describe-flow.ts";
import { featuresOfEvents } from "./features-of-events.ts";
import { followToTip } from "./follow-to-tip.ts";
import { labelsOfFiles } from "./labels-of-files.ts";
import { openPriceFile, tellOfPrices } from "./open-price-file.ts";
import type { Terminal } from "./terminal.ts";
import { addSettings } from "./add-command.ts";
import { PRICE_SETTINGS } from "./settings-of-commands.ts";
import type { Complete } from "./store-command.ts";

const FEATURES_SETTINGS: readonly SettingName[] = [
  "source",
  "network",
  "historyBlocks",
  "requestRate",
  "backfill",
  ...PRICE_SETTINGS,
];

type FeaturesFlags = { readonly json?: boolean; readonly fields?: boolean; readonly labels?: readonly string[] };

export const complete: Complete = (command, { write, aside, signal }) => {
  addSettings(command, FEATURES_SETTINGS)
    .option("--json", "one JSON object per block and line")
    .option("--fields", "print what each field is instead: unit, formula, source")
    .option("--labels <file...>", "label files that count beside the built-in labels, in this run alone")
    .action((flags: Flags & FeaturesFlags) => {
      if (flags.fields === true) return write(describeFeatures());
      const { json = false, labels = [] } = flags;
      return features(readConfig(flags), { json, labels, output: write }, { terminal: aside(), signal });
    });
};

type Output = (text: string) => void;

/**
 * `utxoiq features`: one line per block, ascending by height, of a chain to where its tip is now; stores nothing. Where the
 * tip is reorganised meanwhile, the blocks that replace printed ones come after them.
 */
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
    const context = createProcessContext(source, { labels: await labelsOfFiles(source, labels), prices });
    const print = (block: ExtractedBlock): void => output(json ? toJson(block) : describe(block.features));
    if (source.kind === "set") {
      for await (const block of source.blocks(signal)) print(extractBlock(block, undefined, context));
      return;
    }
    await tellCut(source, options.historyBlocks, terminal);
    const onHealth = (health: SourceHealth): void => terminal.line("Source", describeHealth(health));
    const events = followToTip(source, { onHealth, signal });
    for await (const block of featuresOfEvents(events, context, options.finality)) print(block);
  } finally {
    await source.close();
  }
}

/** Flows and prices are things of their own: without prices the object is as if there were none. */
function toJson({ features: block, flows, priceFeatures }: ExtractedBlock): string {
  const prices = priceFeatures === undefined ? {} : { prices: priceFeatures };
  return JSON.stringify({ ...block, flows: flows === undefined ? null : jsonOfFlows(flows), ...prices });
}

function describeHealth({ state, reason }: SourceHealth): string {
  return reason === null ? "healthy again" : `${state}: ${reason}`;
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
