import { NETWORKS, type NetworkName } from "#bitcoin";
import { AppError } from "#lib";
import type { BlockRef, ChainSource } from "./chain-source.ts";
import { openDirectory } from "./dir-source.ts";
import { openSimnet } from "./simnet/index.ts";

export type SourceOptions = {
  /** The network of a source that cannot tell by itself (`dir:`). */
  readonly network: NetworkName;
  /** Where the caller's store stands; the simulation's clock goes on from there. */
  readonly resumeFrom?: BlockRef | undefined;
  /** Simulated seconds in a second of wall time. */
  readonly pace: number;
  /** Blocks of simulated history at first start. */
  readonly historyBlocks: number;
  /** Where the simulation may keep its snapshots. */
  readonly snapshotDir: string;
};

export type SourceSpec =
  | { readonly kind: "dir"; readonly path: string }
  | { readonly kind: "simnet"; readonly seed: number };

/** `dir:<path>` or `simnet:<seed>`. */
export function parseSourceSpec(text: string): SourceSpec {
  const [, scheme, rest] = /^([a-z-]+):(.+)$/.exec(text) ?? [];
  if (scheme === "dir" && rest !== undefined) return { kind: "dir", path: rest };
  if (scheme === "simnet" && rest !== undefined && /^\d{1,9}$/.test(rest))
    return { kind: "simnet", seed: Number(rest) };
  throw new AppError(
    "CHAIN_SOURCE_UNKNOWN",
    `"${text}" is not a source: expected dir:<directory of blocks> or simnet:<seed, a whole number of up to 9 digits>`,
  );
}

/** The network that a source will deliver, known before it is opened. */
export function networkOf(spec: SourceSpec, ofDirectory: NetworkName): NetworkName {
  return spec.kind === "simnet" ? "simnet" : ofDirectory;
}

export async function openSource(spec: SourceSpec, options: SourceOptions): Promise<ChainSource> {
  if (spec.kind === "dir") return openDirectory(spec.path, NETWORKS[options.network]);
  return openSimnet({
    seed: spec.seed,
    paceFactor: options.pace,
    historyBlocks: options.historyBlocks,
    resumeFrom: options.resumeFrom,
    snapshotDir: options.snapshotDir,
    clock: Date.now,
  });
}
