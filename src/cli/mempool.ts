import type { MempoolSnapshot } from "#bitcoin";
import { openSource } from "#chain";
import type { Config } from "#config";
import { AppError } from "#lib";
import { chooseSource } from "./choose-source.ts";
import type { Terminal } from "./terminal.ts";

type Output = {
  readonly json: boolean;
  /** Ends after the first snapshot. */
  readonly once: boolean;
  readonly write: (text: string) => void;
};

/** `utxoiq mempool`: what waits to be mined, every few seconds; stores nothing. */
export async function mempool(
  config: Config,
  output: Output,
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<void> {
  const { spec, options } = await chooseSource(config, terminal, signal);
  const source = await openSource(spec, options, signal);
  try {
    if (spec.kind === "simnet") throw onlyWhereFollowed(source.name);
    if (source.kind !== "chain" || source.watchMempool === undefined) {
      throw new AppError("CLI_NO_MEMPOOL", `${source.name} sees no mempool; a core: source does.`);
    }
    terminal.line("Source", source.description);
    for await (const snapshot of source.watchMempool(signal)) {
      output.write(output.json ? JSON.stringify({ ...snapshot, nextBlockTxids: undefined }) : draw(snapshot));
      if (output.once) return;
    }
  } finally {
    await source.close();
  }
}

/** What waits there depends on how far the chain has come. */
function onlyWhereFollowed(name: string): AppError {
  const message = `The mempool of ${name} is in the program that follows it, utxoiq start, and is shown on its page.`;
  return new AppError("CLI_NO_MEMPOOL", message);
}

const BAR_WIDTH = 30;

/** A line for the whole, and a bar for each block that could be made of it. */
function draw(snapshot: MempoolSnapshot): string {
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
