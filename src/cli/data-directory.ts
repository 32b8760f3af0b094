import { join, resolve } from "node:path";
import { networkOf, type SourceOptions, type SourceSpec } from "#chain";
import type { Config } from "#config";

/** `--data`, or data/<network> below the working directory: trying the simulation never mixes with a real chain. */
export function dataDirectoryOf(config: Config, spec: SourceSpec): string {
  return config.data ?? resolve("data", networkOf(spec, config.network));
}

export function sourceOptions(
  config: Config,
  network: SourceOptions["network"],
  dataDir: string,
): Omit<SourceOptions, "resumeFrom"> {
  return { network, pace: config.pace, historyBlocks: config.historyBlocks, snapshotDir: join(dataDir, "simnet") };
}
