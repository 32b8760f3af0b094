import { resolve } from "node:path";
import { type ExportFormat, exportSimnet } from "#chain";
import type { Config } from "#config";
import type { Terminal } from "../terminal.ts";
import { chooseSimnet } from "./choose-simnet.ts";

export type ExportFlags = {
  readonly blocks: number;
  readonly to: string;
  readonly format: ExportFormat;
  readonly xorKey?: boolean;
};

type Exporting = { readonly config: Config; readonly terminal: Terminal; readonly signal: AbortSignal };

/** `utxoiq simnet export`: a simulated chain as files. */
export async function exportChain({ config, terminal, signal }: Exporting, flags: ExportFlags): Promise<void> {
  const { blocks, format, xorKey = false } = flags;
  const to = resolve(flags.to);
  const { historyBlocks: _, ...chain } = await chooseSimnet(config, terminal, signal);
  const onProgress = (progress: { done: number; total: number }): void => terminal.progress("Blocks", progress);
  const exported = await exportSimnet({ ...chain, blocks, to, format, xorKey, onProgress, signal });
  const stale = exported.stale === 0 || format === "dir" ? "" : ` and ${exported.stale} that lost`;
  const megabytes = (exported.bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 });
  terminal.line("Written", `${exported.blocks.toLocaleString("en")} blocks${stale}, ${megabytes} MB, to ${to}`);
  terminal.line("Read it", `--source ${format}:${to}${format === "dir" ? " --network simnet" : ""}`);
}
