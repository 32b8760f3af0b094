import { type Network, NETWORKS, type NetworkName } from "#bitcoin";
import { AppError, messageOf, unlessAborted } from "#lib";
import { findNetworkOfFiles } from "./core-files/index.ts";
import { openCoreNode } from "./core/index.ts";
import { openDirectory } from "./dir-source.ts";
import { openEsplora } from "./esplora/index.ts";
import { findSimnetId } from "./simnet/index.ts";
import { describeSpec, type SingleSpec, type SourceSpec } from "./source-spec.ts";

/** What a source turned out to be that was asked and not opened. */
export type TriedSource = {
  /** In a line for a person: what answered, and what it can do. */
  readonly description: string;
  readonly network: Network;
  /** What tells its chain from every other; as that of an open source. */
  readonly chainId: string;
  /** `null` where it has no tip, or finding it takes long. */
  readonly tipHeight: number | null;
  /** The lowest block that it gives; `null` where that is not known. */
  readonly lowestHeight: number | null;
};

type Trying = {
  /** Of a source that cannot tell by itself (`dir:`). */
  readonly ofDirectory: NetworkName;
  /** What a server that somebody else runs is asked at most. */
  readonly requestsPerSecond: number;
};

/** A node is asked once: a person waits for its answer. */
const ASKED_ONCE = { retries: 0, timeoutMs: 5_000 };

/**
 * Asks a place whether blocks can be read from it; of several the first that can. Rejects at once when the signal is
 * aborted.
 * @throws AppError with what the node or server really answered
 */
export function trySource(spec: SourceSpec, trying: Trying, signal: AbortSignal): Promise<TriedSource> {
  return unlessAborted(spec.kind === "list" ? tryAny(spec.candidates, trying) : trySingle(spec, trying), signal);
}

async function tryAny(candidates: readonly SingleSpec[], trying: Trying): Promise<TriedSource> {
  const reasons: string[] = [];
  for (const candidate of candidates) {
    try {
      return await trySingle(candidate, trying);
    } catch (error) {
      reasons.push(`${describeSpec(candidate)}: ${messageOf(error)}`);
    }
  }
  throw new AppError("CHAIN_NO_SOURCE", `None of the sources can be used. ${reasons.join(" ")}`);
}

async function trySingle(spec: SingleSpec, { ofDirectory, requestsPerSecond }: Trying): Promise<TriedSource> {
  const unknown = { tipHeight: null, lowestHeight: null };
  switch (spec.kind) {
    case "simnet":
      return {
        ...unknown,
        description: describeSpec(spec),
        network: NETWORKS.simnet,
        chainId: await findSimnetId(spec),
      };
    case "dir": {
      const { description, network, chainId } = await openDirectory(spec.path, NETWORKS[ofDirectory]);
      return { ...unknown, description, network, chainId };
    }
    case "core-files": {
      // To find their tip, all files are looked through.
      const network = await findNetworkOfFiles(spec.path);
      return { ...unknown, description: `${describeSpec(spec)}, ${network.name}`, network, chainId: idOf(network) };
    }
    case "core": {
      const node = await openCoreNode(spec, { http: ASKED_ONCE });
      const { description, network } = node;
      const { tip, lowestBlock } = node.lastState();
      await node.close();
      return { description, network, chainId: idOf(network), tipHeight: tip.height, lowestHeight: lowestBlock };
    }
    case "esplora": {
      const options = { requestsPerSecond, historyBlocks: 1, finality: 1, retries: 0 };
      const source = await openEsplora(spec.url, options);
      const { description, network, chainId, firstHeight } = source;
      await source.close();
      return { description, network, chainId, tipHeight: firstHeight, lowestHeight: 0 };
    }
  }
}

function idOf({ genesisHash, name }: Network): string {
  return genesisHash ?? name;
}
