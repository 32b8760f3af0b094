import type { MempoolSnapshot } from "#bitcoin";
import type { AppError } from "#lib";
import type { FollowableSource, SourceHealth } from "../chain-source.ts";
import { followTip } from "../follow/follow-tip.ts";
import { readRange } from "../follow/read-range.ts";
import { createCoreReader } from "./core-reader.ts";
import { findTransaction } from "./find-transaction.ts";
import { readHeaderTimes } from "./header-times.ts";
import type { CoreSpec } from "./core-spec.ts";
import { healthWith } from "./node-state.ts";
import { watchCoreMempool } from "./mempool/watch-core-mempool.ts";
import { type CoreNode, type CoreNodeOptions, openCoreNode } from "./open-node.ts";

export type CoreOptions = CoreNodeOptions & {
  /** A caller that holds nothing begins so many blocks below the tip, or where a pruned node begins. */
  readonly historyBlocks: number;
  readonly finality: number;
};

/** A Bitcoin Core node as a source of blocks. */
export async function openCore(spec: CoreSpec, options: CoreOptions): Promise<FollowableSource> {
  return sourceOf(await openCoreNode(spec, options), options);
}

/** The source over a node that is open; closing it closes the node. */
function sourceOf(node: CoreNode, { historyBlocks, finality }: CoreOptions): FollowableSource {
  const { network } = node;
  const { tip, lowestBlock } = node.lastState();
  const firstHeight = Math.max(lowestBlock, tip.height - historyBlocks + 1, 0);
  const reader = createCoreReader(node);
  let following: SourceHealth = { state: "healthy", reason: null };
  let unseen: SourceHealth | undefined;
  return {
    name: `core:${node.spec.url}`,
    get description() {
      return node.description;
    },
    kind: "chain",
    network,
    chainId: network.genesisHash ?? network.name,
    pools: [],
    firstHeight,
    now: () => Math.floor(Date.now() / 1_000),
    tipHeight: async () => (await node.readState()).tip.height,
    health: () => healthWith(node.lastState(), following.state === "healthy" ? (unseen ?? following) : following),
    follow: (held, signal) => {
      const onHealth = (health: SourceHealth): void => {
        following = health;
      };
      return followTip({ reader, network, held, firstHeight, finality, signal, onHealth });
    },
    headerTimes: (heights, signal) => readHeaderTimes(reader, heights, signal),
    readRange: (heights, signal) => readRange(reader, heights, signal),
    watchMempool: (signal) =>
      watchMempool(node, signal, (trouble) => {
        unseen = trouble && { state: "degraded", reason: `The mempool is not seen: ${trouble.message}` };
      }),
    findTransaction: (txid, signal) => findTransaction(node.rpc, txid, signal),
    close: () => node.close(),
  };
}

const MEMPOOL_INTERVAL_MS = 5_000;

/** `onTrouble` is told when the node does not answer, and `undefined` when it does again. */
async function* watchMempool(
  { rpc, spec, zmqEndpoints }: CoreNode,
  signal: AbortSignal,
  onTrouble: (trouble: AppError | undefined) => void,
): AsyncGenerator<MempoolSnapshot> {
  const snapshots = watchCoreMempool({
    rpc,
    url: spec.url,
    zmqEndpoint: zmqEndpoints.get("sequence"),
    intervalMs: MEMPOOL_INTERVAL_MS,
    clock: () => Math.floor(Date.now() / 1_000),
    signal,
    onTrouble,
  });
  for await (const snapshot of snapshots) {
    onTrouble(undefined);
    yield snapshot;
  }
}
