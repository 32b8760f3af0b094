import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Network } from "#bitcoin";
import { estimateBackfill, findNetwork, parseSourceSpec, type SourceOptions, type SourceSpec } from "#chain";
import type { Config } from "#config";
import { AppError, pause } from "#lib";
import type { Terminal } from "./terminal.ts";

export type ChosenSource = {
  readonly spec: SourceSpec;
  readonly network: Network;
  /** `--data`, or data/<network> below the working directory: trying the simulation never mixes with a real chain. */
  readonly dataDir: string;
  readonly options: Omit<SourceOptions, "resumeFrom">;
};

/** What `--source` means: which network it is on, found out by asking it, and so which data directory belongs to it. */
export async function chooseSource(config: Config, terminal: Terminal, signal: AbortSignal): Promise<ChosenSource> {
  const spec = parseSourceSpec(config.source);
  const network = await waitForNetwork({ spec, config, terminal, signal });
  const dataDir = config.data ?? resolve("data", network.name);
  const { pace, historyBlocks, finality, requestRate } = config;
  return {
    spec,
    network,
    dataDir,
    options: {
      network: network.name,
      pace,
      historyBlocks,
      finality,
      requestsPerSecond: requestRate,
      allowBackfill: config.backfill === "yes",
      snapshotDir: join(dataDir, "simnet"),
    },
  };
}

const LOOK_AGAIN_MS = 2_000;

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
      return await findNetwork(spec, config.network);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "CHAIN_RPC_WARMING_UP" || signal.aborted) throw error;
      if (error.message !== told) terminal.line("Waiting", error.message);
      told = error.message;
      await pause(LOOK_AGAIN_MS, signal);
    }
  }
}

/** A backfill from a server that somebody else runs is many requests, so a person is asked before. */
export async function askForBackfill(chosen: ChosenSource, config: Config, terminal: Terminal): Promise<ChosenSource> {
  const { spec, options } = chosen;
  if (spec.kind !== "esplora" || config.backfill !== "ask") return chosen;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    terminal.line("History", "begins at the tip; --backfill yes reads --history-blocks from the server");
    return chosen;
  }
  const { question } = await estimateBackfill(spec.url, {
    blocks: options.historyBlocks,
    requestsPerSecond: options.requestsPerSecond,
  });
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`${question} [y/N] `);
  prompt.close();
  return { ...chosen, options: { ...options, allowBackfill: /^y(es)?$/i.test(answer.trim()) } };
}
