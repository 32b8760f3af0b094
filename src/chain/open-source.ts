import { type Network, NETWORKS, type NetworkName } from "#bitcoin";
import { AppError, messageOf, unlessAborted } from "#lib";
import { findNetworkOfFiles, openCoreFiles } from "./core-files/index.ts";
import { findNetworkOfCore, openCore } from "./core/index.ts";
import type { BlockRef, ChainSource, FollowableSource } from "./chain-source.ts";
import { openDirectory } from "./dir-source.ts";
import { type EsploraOptions, findNetworkOfEsplora, openEsplora } from "./esplora/index.ts";
import { openFailover } from "./failover/index.ts";
import { openSimnet, type StagedRecord } from "./simnet/index.ts";
import { describeSpec, type SingleSpec, type SourceSpec } from "./source-spec.ts";
import { isWorthWaitingFor } from "./worth-waiting.ts";

export type SourceOptions = {
  /** The network of a source that cannot tell by itself (`dir:`). */
  readonly network: NetworkName;
  /** Where the caller's store stands; the simulation's clock goes on from there. */
  readonly resumeFrom?: BlockRef | undefined;
  /** Simulated seconds in a second of wall time. */
  readonly pace: number;
  /** Blocks before the tip with which a caller begins that holds none. */
  readonly historyBlocks: number;
  /** A reorg that undoes more blocks than this is not followed. */
  readonly finality: number;
  /** What a server that somebody else runs is asked at most. */
  readonly requestsPerSecond: number;
  /** Whether such a server may be asked for more than the newest blocks. */
  readonly allowBackfill: boolean;
  /** Where the simulation may keep its snapshots. */
  readonly snapshotDir: string;
  /** Where what people stage on a simulation is kept; without it nothing can be staged. */
  readonly record?: StagedRecord | undefined;
};

/** Three such checks, and the next source of a list is used. */
const CHECK_EVERY_MS = 15_000;

/** The network of a source, asked of it where its name does not tell. Rejects at once when the signal is aborted. */
export function findNetwork(spec: SourceSpec, ofDirectory: NetworkName, signal: AbortSignal): Promise<Network> {
  return unlessAborted(askNetwork(spec, ofDirectory), signal);
}

async function askNetwork(spec: SourceSpec, ofDirectory: NetworkName): Promise<Network> {
  switch (spec.kind) {
    case "simnet":
      return NETWORKS.simnet;
    case "dir":
      return NETWORKS[ofDirectory];
    case "core":
      // A person who waits for the start is told soon that nothing answers.
      return findNetworkOfCore(spec, { retries: 1 });
    case "core-files":
      return findNetworkOfFiles(spec.path);
    case "esplora":
      return findNetworkOfEsplora(spec.url, { retries: 1 });
    case "list":
      return findNetworkOfAny(spec.candidates, ofDirectory);
  }
}

/** Of the first that answers: that they are all of one network is checked when they are opened. */
async function findNetworkOfAny(candidates: readonly SingleSpec[], ofDirectory: NetworkName): Promise<Network> {
  const reasons: string[] = [];
  let retryable = false;
  for (const candidate of candidates) {
    try {
      return await askNetwork(candidate, ofDirectory);
    } catch (error) {
      retryable ||= isWorthWaitingFor(error);
      reasons.push(`${describeSpec(candidate)}: ${messageOf(error)}`);
    }
  }
  throw new AppError("CHAIN_NO_SOURCE", `None of the sources can be used. ${reasons.join(" ")}`, { retryable });
}

/** Rejects at once when the signal is aborted; what opens later is closed. */
export function openSource(
  spec: SourceSpec,
  options: SourceOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<ChainSource> {
  return unlessAborted(open(spec, options), signal, (late) => late.close());
}

async function open(spec: SourceSpec, options: SourceOptions): Promise<ChainSource> {
  switch (spec.kind) {
    case "dir":
      return openDirectory(spec.path, NETWORKS[options.network]);
    case "simnet":
      return openSimnet({
        seed: spec.seed,
        density: spec.density,
        paceFactor: options.pace,
        historyBlocks: options.historyBlocks,
        resumeFrom: options.resumeFrom,
        snapshotDir: options.snapshotDir,
        record: options.record,
        clock: Date.now,
      });
    case "core":
      return openCore(spec, options);
    case "core-files":
      return openCoreFiles(spec.path, options);
    case "esplora":
      return openEsplora(spec.url, esploraOptions(options));
    case "list":
      return openFailover(
        spec.candidates.map((candidate) => ({
          name: describeSpec(candidate),
          open: () => openFollowable(candidate, options),
        })),
        { finality: options.finality, checkEveryMs: CHECK_EVERY_MS },
      );
  }
}

async function openFollowable(spec: SingleSpec, options: SourceOptions): Promise<FollowableSource> {
  const source = await open(spec, options);
  if (source.kind === "chain") return source;
  await source.close();
  throw new AppError(
    "CHAIN_NOT_A_CHAIN",
    `${source.name} holds blocks that do not connect, so it cannot follow a tip.`,
  );
}

function esploraOptions({ historyBlocks, finality, requestsPerSecond, allowBackfill }: SourceOptions): EsploraOptions {
  return { historyBlocks, finality, requestsPerSecond, allowBackfill };
}
