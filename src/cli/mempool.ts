import { openSource } from "#chain";
import { type Config, type Flags, readConfig } from "#config";
import { AppError } from "#lib";
import { chooseSource, type ChosenSource } from "./choose-source.ts";
import { type StoredSnapshot, watchSimulatedMempool } from "./simnet/watch-simulated-mempool.ts";
import type { Terminal } from "./terminal.ts";
import { addSettings } from "./add-command.ts";
import { DATABASE_SETTINGS } from "./settings-of-commands.ts";
import type { Complete } from "./store-command.ts";

type Output = {
  readonly json: boolean;
  /** Ends after the first snapshot. */
  readonly once: boolean;
  readonly write: (text: string) => void;
};

type Eyes = { readonly terminal: Terminal; readonly signal: AbortSignal };

type MempoolFlags = { readonly json?: boolean; readonly once?: boolean };

export const complete: Complete = (command, { write, aside, signal }) => {
  addSettings(command, ["source", "requestRate", ...DATABASE_SETTINGS])
    .option("--json", "one JSON object per snapshot and line")
    .option("--once", "end after the first")
    .action((flags: Flags & MempoolFlags) => {
      const { json = false, once = false } = flags;
      return mempool(readConfig(flags), { json, once, write }, { terminal: aside(), signal });
    });
};

/** `utxoiq mempool`: what waits to be mined, every few seconds; stores nothing. */
export async function mempool(config: Config, output: Output, eyes: Eyes): Promise<void> {
  const chosen = await chooseSource(config, eyes.terminal, eyes.signal);
  for await (const snapshot of watch(config, chosen, eyes)) {
    output.write(output.json ? JSON.stringify({ ...snapshot, nextBlockTxids: undefined }) : draw(snapshot));
    if (output.once) return;
  }
}

async function* watch(config: Config, chosen: ChosenSource, eyes: Eyes): AsyncGenerator<StoredSnapshot> {
  const { spec, dataDir } = chosen;
  if (spec.kind === "simnet") yield* watchSimulatedMempool({ ...eyes, config, dataDir, place: spec });
  else yield* watchSource(chosen, eyes);
}

async function* watchSource(
  { spec, options }: ChosenSource,
  { terminal, signal }: Eyes,
): AsyncGenerator<StoredSnapshot> {
  const source = await openSource(spec, options, signal);
  try {
    if (source.kind !== "chain" || source.watchMempool === undefined) {
      throw new AppError("CLI_NO_MEMPOOL", `${source.name} sees no mempool; a core: source does.`);
    }
    terminal.line("Source", source.description);
    yield* source.watchMempool(signal);
  } finally {
    await source.close();
  }
}

const BAR_WIDTH = 30;

/** A line for the whole, and a bar for each block that could be made of it. */
function draw(snapshot: StoredSnapshot): string {
  const { time, count, weight, totalFee, minFeeRate, projectedBlocks } = snapshot;
  const floor = minFeeRate === null ? "" : `, nothing below ${rate(minFeeRate)}`;
  const head = `${new Date(time * 1_000).toISOString()}  ${number(count)} transactions, ${megabytes(weight)} vMB, ${number(totalFee)} sats in fees${floor}`;
  const heaviest = Math.max(...projectedBlocks.map((block) => block.weight), 1);
  const rows = projectedBlocks.map((block, index) => {
    const bar = "█".repeat(Math.round((BAR_WIDTH * block.weight) / heaviest)).padEnd(BAR_WIDTH, "░");
    const [lowest = 0, , , median = 0] = block.feeRates;
    const name = index === 0 ? "next block" : `block ${index + 1}`;
    return `  ${name.padEnd(10)} ${bar} ${megabytes(block.weight).padStart(7)} vMB  ${rate(lowest)} to ${rate(block.feeRates.at(-1) ?? 0)}, median ${rate(median)}`;
  });
  return [head, ...rows].join("\n");
}

function rate(satsPerVbyte: number): string {
  return `${satsPerVbyte.toFixed(satsPerVbyte < 10 ? 2 : 0)} sat/vB`;
}

function megabytes(weight: number): string {
  return (weight / 4_000_000).toFixed(2);
}

function number(value: number): string {
  return value.toLocaleString("en");
}
