import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Network } from "#bitcoin";
import {
  DENSITIES,
  describeSpec,
  estimateBackfill,
  findNetwork,
  guessNetwork,
  isWorthWaitingFor,
  parseSourceSpec,
  type SourceOptions,
  type SourceSpec,
} from "#chain";
import type { Config } from "#config";
import { AppError, pause, unlessAborted } from "#lib";
import { mayHoldDatabase } from "./may-hold-database.ts";
import type { Terminal } from "./terminal.ts";

export type ChosenSource = {
  readonly spec: SourceSpec;
  /** `--data`, or data/<network> (data/<network>-blocks for a directory of blocks) below the working directory: trying the simulation never mixes with a real chain. */
  readonly dataDir: string;
  readonly options: Omit<SourceOptions, "resumeFrom" | "record">;
};

/** What `--source` means: which network it is on, found out by asking it, and so which data directory belongs to it. */
export async function chooseSource(
  config: Config,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ChosenSource & { readonly network: Network }> {
  const spec = parseSourceSpec(config.source);
  const network = await waitForNetwork({ spec, config, terminal, signal });
  return { ...choiceOf(config, spec, dataDirOf(config, spec, network.name)), network };
}

/**
 * For `start`. The page alone needs no source, and a source that does not answer now is no obstacle where blocks of it
 * may be stored: `trouble` says why it does not. Where its data directory is then follows from what its name tells.
 */
export async function chooseForStart(
  config: Config,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ChosenSource & { readonly trouble: AppError | undefined }> {
  const spec = parseSourceSpec(config.source);
  const dataDir = findDataDir(config, spec);
  if (dataDir !== undefined && !config.roles.includes("ingest")) {
    return { ...choiceOf(config, spec, dataDir), trouble: undefined };
  }
  const mayHoldBlocks = dataDir !== undefined && mayHoldDatabase(config, dataDir);
  if (!mayHoldBlocks) return { ...(await chooseSource(config, terminal, signal)), trouble: undefined };
  try {
    const network = await tellingOfSilence({ spec, config, terminal, signal });
    return { ...choiceOf(config, spec, dataDirOf(config, spec, network.name)), trouble: undefined };
  } catch (error) {
    if (!isWorthWaitingFor(error)) throw error;
    return { ...choiceOf(config, spec, dataDir), trouble: error };
  }
}

/** A directory of blocks is no chain, so it does not go into the directory of its network's chain. */
export function dataDirOf({ data }: Config, { kind }: Pick<SourceSpec, "kind">, network: string): string {
  return data ?? resolve("data", kind === "dir" ? `${network}-blocks` : network);
}

/** `undefined` where the source has to be asked first. */
function findDataDir(config: Config, spec: SourceSpec): string | undefined {
  const network = spec.kind === "dir" ? config.network : guessNetwork(spec);
  return network === undefined ? config.data : dataDirOf(config, spec, network);
}

function choiceOf(config: Config, spec: SourceSpec, dataDir: string): ChosenSource {
  const { network, pace, historyBlocks, finality, requestRate } = config;
  return {
    spec,
    dataDir,
    options: {
      network,
      pace,
      historyBlocks: historyBlocks ?? usualHistory(spec),
      finality,
      requestsPerSecond: requestRate,
      allowBackfill: config.backfill === "yes",
      snapshotDir: join(dataDir, "simnet"),
    },
  };
}

/** 30 days, or two weeks where a block takes longer than a moment. */
function usualHistory(spec: SourceSpec): number {
  return spec.kind === "simnet" ? DENSITIES[spec.density].historyBlocks : 2_016;
}

const LOOK_AGAIN_MS = 2_000;
const SILENCE_MS = 2_000;

type Waiting = {
  readonly spec: SourceSpec;
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/** A node that is still starting is waited for; any other trouble is for the person to mend. */
async function waitForNetwork({ spec, config, terminal, signal }: Waiting): Promise<Network> {
  let told = "";
  for (;;) {
    try {
      return await tellingOfSilence({ spec, config, terminal, signal });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "CHAIN_RPC_WARMING_UP" || signal.aborted) throw error;
      if (error.message !== told) terminal.line("Waiting", error.message);
      told = error.message;
      await pause(LOOK_AGAIN_MS, signal);
    }
  }
}

/** A person who looks at a silent terminal is told what is waited for. */
async function tellingOfSilence({ spec, config, terminal, signal }: Waiting): Promise<Network> {
  const timer = setTimeout(() => terminal.line("Waiting", `for an answer of ${describeSpec(spec)}`), SILENCE_MS);
  try {
    const network = await findNetwork(spec, config.network, signal);
    if (config.networkSaid && network.name !== config.network) throw otherNetwork(spec, network, config);
    return network;
  } finally {
    clearTimeout(timer);
  }
}

function otherNetwork(spec: SourceSpec, network: Network, config: Config): AppError {
  const message = `${describeSpec(spec)} is on ${network.name}, and --network (or UTXOIQ_NETWORK) says ${config.network}; only a dir: source needs it said.`;
  return new AppError("CLI_OTHER_NETWORK", message);
}

/** A backfill from a server that somebody else runs is many requests, so a person is asked before. */
export async function askForBackfill(
  { spec, options }: ChosenSource,
  config: Config,
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<boolean> {
  if (spec.kind !== "esplora" || config.backfill !== "ask") return options.allowBackfill;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    terminal.line("History", "begins at the tip; --backfill yes reads --history-blocks from the server");
    return false;
  }
  const { historyBlocks: blocks, requestsPerSecond } = options;
  const { question } = await unlessAborted(estimateBackfill(spec.url, { blocks, requestsPerSecond }), signal);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`${question} [y/N] `, { signal });
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
