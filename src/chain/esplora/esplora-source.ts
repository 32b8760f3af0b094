import type { MempoolSnapshot, Network } from "#bitcoin";
import { AppError } from "#lib";
import type { ChainEvent, ChainLink, FollowableSource, SourceHealth } from "../chain-source.ts";
import { followTip } from "../follow/follow-tip.ts";
import { readRange } from "../follow/read-range.ts";
import { fetchTip } from "./esplora-api.ts";
import { type ClientOptions, createEsploraClient } from "./esplora-client.ts";
import { fetchNetwork } from "./esplora-network.ts";
import { createEsploraReader } from "./esplora-reader.ts";
import type { BlockServer } from "./read-block.ts";
import { watchMempoolSpace } from "../mempool-space/index.ts";
import { openTipNews, type TipNews } from "./tip-news.ts";

export type EsploraOptions = ClientOptions & {
  /** How many blocks to begin with when nothing is held; without `allowBackfill` at most 6. */
  readonly historyBlocks: number;
  /** A person agreed to the many requests that more than a few blocks take. */
  readonly allowBackfill?: boolean;
  /** A reorg that undoes more blocks than this is not followed. */
  readonly finality: number;
  /** The network that the server has to have; any, where none is given. */
  readonly network?: Network;
  /** How often to look for a new tip, where the server does not tell. */
  readonly pollMs?: number;
};

type Esplora = EsploraOptions &
  BlockServer & {
    /** When it was opened. */
    readonly tipHeight: number;
    readonly news: TipNews;
    readonly closing: AbortController;
    health: SourceHealth;
  };

/** Blocks that are read without being asked first. */
const FEW_BLOCKS = 6;
const POLL_MS = 20_000;

/** A server that speaks Esplora's HTTP API (Blockstream's, mempool.space, one's own). Its blocks are verified. */
export async function openEsplora(url: string, options: EsploraOptions): Promise<FollowableSource> {
  const client = createEsploraClient(url, options);
  const closing = new AbortController();
  try {
    const network = await fetchNetwork(client, closing.signal);
    checkNetwork(client.address, network, options.network);
    const tip = await fetchTip(client, closing.signal);
    const news = await openTipNews(client.url, { pollMs: options.pollMs ?? POLL_MS, signal: closing.signal });
    const health: SourceHealth = { state: "healthy", reason: null };
    return createSource({ ...options, client, network, tipHeight: tip.height, news, closing, health });
  } catch (error) {
    closing.abort();
    await client.close();
    throw error;
  }
}

function checkNetwork(address: string, is: Network, wanted: Network | undefined): void {
  if (wanted === undefined || wanted.name === is.name) return;
  throw new AppError("CHAIN_ESPLORA_NETWORK", `${address} has the blocks of ${is.name}, not of ${wanted.name}.`);
}

const MEMPOOL_INTERVAL_MS = 5_000;

/** A server with mempool.space's WebSocket tells of its mempool as well. */
function mempoolOf({ client, news, closing }: Esplora): Pick<FollowableSource, "watchMempool"> {
  if (news.by === "polling") return {};
  const watch = (signal: AbortSignal): AsyncIterable<MempoolSnapshot> =>
    watchMempoolSpace({
      url: client.url,
      intervalMs: MEMPOOL_INTERVAL_MS,
      clock: () => Math.floor(Date.now() / 1_000),
      signal: AbortSignal.any([signal, closing.signal]),
    });
  return { watchMempool: watch };
}

function createSource(esplora: Esplora): FollowableSource {
  const { client, network, closing, requestsPerSecond, news } = esplora;
  return {
    kind: "chain",
    name: `esplora:${client.address}`,
    description: `Esplora at ${client.address}, ${network.name}, ${requestsPerSecond} requests/s, tip by ${news.by}`,
    network,
    chainId: network.genesisHash ?? network.name,
    pools: [],
    firstHeight: firstHeightOf(esplora),
    now: () => Math.floor(Date.now() / 1_000),
    tipHeight: async () => (await fetchTip(client, closing.signal)).height,
    health: () => esplora.health,
    follow: (held, signal) => follow(esplora, held, AbortSignal.any([signal, closing.signal])),
    readRange: (heights, signal) =>
      readRange(
        createEsploraReader(esplora, async () => {}),
        heights,
        AbortSignal.any([signal, closing.signal]),
      ),
    ...mempoolOf(esplora),
    close: async () => {
      closing.abort();
      await client.close();
    },
  };
}

async function* follow(esplora: Esplora, held: readonly ChainLink[], signal: AbortSignal): AsyncGenerator<ChainEvent> {
  const { network, finality, news } = esplora;
  const wait = news.createWait();
  const reader = createEsploraReader(esplora, (_tip, stop) => wait(stop));
  yield* followTip({
    reader,
    network,
    held,
    firstHeight: firstHeightOf(esplora),
    finality,
    signal,
    onHealth: (health) => {
      esplora.health = health;
    },
  });
}

function firstHeightOf({ tipHeight, historyBlocks, allowBackfill = false }: Esplora): number {
  const blocks = Math.max(1, allowBackfill ? historyBlocks : Math.min(historyBlocks, FEW_BLOCKS));
  return Math.max(0, tipHeight - blocks + 1);
}
