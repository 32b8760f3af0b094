import { resolve } from "node:path";
import { type ExportFormat, exportSimnet } from "#chain";
import { openSimnetChain, type SimnetCommand } from "./open-simnet-chain.ts";

export type ExportFlags = {
  readonly blocks: number;
  readonly to: string;
  readonly format: ExportFormat;
  readonly xorKey?: boolean;
};

/** `utxoiq simnet export`: a simulated chain as files. */
export async function exportChain(command: SimnetCommand, flags: ExportFlags): Promise<void> {
  const { terminal, signal } = command;
  const { blocks, format, xorKey = false } = flags;
  const to = resolve(flags.to);
  const chain = await openSimnetChain(command);
  const onProgress = (progress: { done: number; total: number }): void => terminal.progress("Blocks", progress);
  const order = { ...chain.place, blocks, to, format, xorKey, onProgress, signal };
  try {
    const exported = await exportSimnet(order);
    const stale = exported.stale === 0 || format === "dir" ? "" : ` and ${exported.stale} that lost`;
    const megabytes = (exported.bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 });
    terminal.line("Written", `${exported.blocks.toLocaleString("en")} blocks${stale}, ${megabytes} MB, to ${to}`);
    terminal.line("Read it", `--source ${format}:${to}${format === "dir" ? " --network simnet" : ""}`);
  } finally {
    await chain.close();
  }
}
