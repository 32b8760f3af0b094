import { parseSourceSpec, type SimnetPlace } from "#chain";
import type { Config } from "#config";
import { AppError } from "#lib";
import { chooseSource } from "../choose-source.ts";
import type { Terminal } from "../terminal.ts";

/** The simulated chain that `--source` names, and where what was staged on it is kept. */
export async function chooseSimnet(
  config: Config,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<SimnetPlace & { readonly historyBlocks: number }> {
  const spec = parseSourceSpec(config.source);
  if (spec.kind !== "simnet") {
    throw new AppError("CLI_NOT_SIMULATED", "This is for a simulated network, e.g. --source simnet:1.");
  }
  const { options } = await chooseSource(config, terminal, signal);
  const { snapshotDir, historyBlocks } = options;
  return { seed: spec.seed, density: spec.density, snapshotDir, historyBlocks };
}
