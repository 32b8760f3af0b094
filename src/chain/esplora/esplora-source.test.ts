import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type BlockHash, NETWORKS, parseHeader } from "#bitcoin";
import {
  type EsploraServer,
  readBlockFile,
  readRegtestChains,
  readServedBlock,
  type ServedBlock,
  startEsploraServer,
} from "../../../test/helpers/esplora-server/index.ts";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import type { ChainEvent, ChainLink, FollowableSource } from "../chain-source.ts";
import { estimateBackfill, findNetworkOfEsplora, openEsplora } from "./index.ts";

const FAST = { requestsPerSecond: 100_000, retryMs: 1, pollMs: 5, finality: 100 } as const;

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function serve(chain: readonly ServedBlock[], network: keyof typeof NETWORKS): Promise<EsploraServer> {
  const server = await startEsploraServer({ chain, genesis: NETWORKS[network].genesisHash ?? "" });
  opened.push(server);
  return server;
}

async function open(url: string, historyBlocks: number, allowBackfill = false): Promise<FollowableSource> {
  const source = await openEsplora(url, { ...FAST, historyBlocks, allowBackfill });
  opened.unshift(source);
  return source;
}

type Until = {
  readonly held?: readonly ChainLink[];
  readonly last: BlockHash;
  readonly onEvent?: (event: ChainEvent) => void;
};

/** What it yields up to the connect of the block `last`. */
async function followUntil(source: FollowableSource, { held = [], last, onEvent }: Until): Promise<ChainEvent[]> {
  const stop = new AbortController();
  const events: ChainEvent[] = [];
  for await (const event of source.follow(held, stop.signal)) {
    events.push(event);
    onEvent?.(event);
    if (event.type === "connect" && event.block.hash === last) stop.abort();
  }
  return events;
}

function connects(blocks: readonly ServedBlock[]): object[] {
  return blocks.map(({ hash }) => ({ type: "connect", hash }));
}

function inShort(events: readonly ChainEvent[]): object[] {
  return events.map(({ type, block }) => ({ type, hash: block.hash }));
}

function linkOf({ height, hash, block }: ServedBlock): ChainLink {
  return { height, hash, bits: parseHeader(block.subarray(0, 80)).bits };
}

function lastOf(chain: readonly ServedBlock[]): ServedBlock {
  const last = chain.at(-1);
  if (last === undefined) throw new Error("an empty chain");
  return last;
}

describe("opening", () => {
  const empty = { height: 0, hash: "00" as BlockHash, block: new Uint8Array(80), spent: new Uint8Array(1) };

  test.each(["mainnet", "testnet3", "testnet4", "signet", "regtest"] as const)(
    "%s is told by block 0",
    async (name) => {
      const { url } = await serve([empty], name);
      expect(await findNetworkOfEsplora(`${url}/`)).toBe(NETWORKS[name]);
    },
  );

  test.each([
    ["ftp://host/api", "CHAIN_ESPLORA_URL"],
    ["host/api", "CHAIN_ESPLORA_URL"],
    ["https://host/api?key=1", "CHAIN_ESPLORA_URL"],
  ])("%s is no address", async (url, code) => {
    await expect(findNetworkOfEsplora(url)).rejects.toMatchObject({ code });
  });

  test("a server of another network, of an unknown one, and one that is no Esplora are told apart", async () => {
    const { url, setFault } = await serve([empty], "testnet4");
    const asked = openEsplora(url, { ...FAST, historyBlocks: 1, network: NETWORKS.mainnet });
    await expect(asked).rejects.toMatchObject({
      code: "CHAIN_ESPLORA_NETWORK",
      message: expect.stringMatching(/testnet4, not of mainnet/),
    });
    setFault(() => ({ kind: "body", body: "ab".repeat(32) }));
    await expect(findNetworkOfEsplora(url)).rejects.toMatchObject({ code: "CHAIN_ESPLORA_NETWORK" });
    setFault(() => ({ kind: "body", body: "<!DOCTYPE html><p>Welcome" }));
    await expect(findNetworkOfEsplora(url)).rejects.toMatchObject({
      code: "CHAIN_ESPLORA_REPLY",
      message: expect.stringMatching(/it begins with "<!DOCTYPE html><p>Welcome"/),
    });
    setFault(() => ({ kind: "status", status: 404 }));
    await expect(findNetworkOfEsplora(url)).rejects.toMatchObject({
      code: "CHAIN_ESPLORA_REPLY",
      message: expect.stringMatching(/\/api/),
    });
  });
});

describeWithRealBlocks("blocks of an Esplora server", (real) => {
  const data = join(real.blocks, "..");

  test("two blocks of testnet3 come as they are, with what they spend", async () => {
    const chain = [928_848, 928_849].map((height) => readServedBlock(join(data, "testnet3"), height));
    const { url } = await serve(chain, "testnet3");
    const secret = url.replace("//", "//someone:a%20secret@");
    const source = await open(secret, 2);
    expect(source).toMatchObject({
      name: `esplora:${url}`,
      description: `Esplora at ${url}, testnet3, 100000 requests/s, tip by polling`,
      chainId: NETWORKS.testnet3.genesisHash,
      network: NETWORKS.testnet3,
      firstHeight: 928_848,
    });
    const events = await followUntil(source, { last: lastOf(chain).hash });
    const blocks = events.flatMap((event) => (event.type === "connect" ? [event.block] : []));
    expect(blocks.map(({ bytes, spent }) => [sameBytes(bytes), sameBytes(spent?.bytes), spent?.coinHeights])).toEqual(
      chain.map(({ block, spent }) => [sameBytes(block), sameBytes(spent), undefined]),
    );
    expect(source.health()).toEqual({ state: "healthy", reason: null });
  });

  test("a reorg of a real node is followed, from held blocks on", async () => {
    const { active, stale } = readRegtestChains(data);
    const { url, setChain } = await serve(stale, "regtest");
    const source = await open(url, 10);
    expect(source.firstHeight).toBe(316);
    const held = stale.slice(100, 311).map(linkOf);
    const events = await followUntil(source, {
      held,
      last: lastOf(active).hash,
      onEvent: ({ block }) => block.hash === lastOf(stale).hash && setChain(active),
    });
    const undone = stale.slice(319).toReversed();
    expect(inShort(events)).toEqual([
      ...connects(stale.slice(311)),
      ...undone.map(({ hash }) => ({ type: "disconnect", hash })),
      ...connects(active.slice(319)),
    ]);
  });

  test("where the server tells of blocks by WebSocket, it is not asked meanwhile", async () => {
    const { active } = readRegtestChains(data);
    const genesis = NETWORKS.regtest.genesisHash ?? "";
    const server = await startEsploraServer({ chain: active.slice(0, 320), genesis, socket: true });
    opened.push(server);
    const source = await openEsplora(server.url, { ...FAST, pollMs: 600_000, historyBlocks: 1 });
    opened.unshift(source);
    expect(source.description).toMatch(/tip by WebSocket$/);
    const held = active.slice(200, 319).map(linkOf);
    const grow = (): void => server.setChain(active);
    const onEvent = ({ block }: ChainEvent): void => void (block.height === 319 && setTimeout(grow, 20));
    const events = await followUntil(source, { held, last: lastOf(active).hash, onEvent });
    expect(inShort(events)).toEqual(connects(active.slice(319)));
  });

  test("without a held block it begins near the tip, unless a backfill was agreed to", async () => {
    const { active } = readRegtestChains(data);
    const { url } = await serve(active, "regtest");
    const first = await Promise.all([
      open(url, 300),
      open(url, 3),
      open(url, 0),
      open(url, 300, true),
      open(url, 900, true),
    ]);
    expect(first.map(({ firstHeight }) => firstHeight)).toEqual([317, 320, 322, 23, 0]);
    const events = await followUntil(await open(url, 300), { last: lastOf(active).hash });
    expect(inShort(events)).toEqual(connects(active.slice(317)));
  });

  test("the main network's first blocks, whose targets are looked at too", async () => {
    const blocks = join(data, "coredir/genesis-0-599/blocks/blk00000.dat");
    const chain = readBlockFile(blocks, new Uint8Array(8), NETWORKS.mainnet.magic);
    const { url } = await serve(chain, "mainnet");
    const events = await followUntil(await open(url, 590, true), { last: chain.slice(190)[0]?.hash as BlockHash });
    expect(inShort(events)).toEqual(connects(chain.slice(10, 191)));
  });

  test("a server that lies about its tip, or is behind, is waited for", async () => {
    const { active } = readRegtestChains(data);
    const chain = active.slice(0, 320);
    const server = await serve(chain, "regtest");
    const source = await open(server.url, 1);
    const next = lastOf(active);
    const above = JSON.stringify({ id: next.hash, height: 322, tx_count: 1 });
    server.setFault((path, before) => {
      if (path === "/blocks/tip/hash" && before < 5) return { kind: "body", body: next.hash };
      if (path === `/block/${next.hash}` && before < 5) return { kind: "body", body: above };
      if (path === "/blocks/tip/hash" && before < 9) return { kind: "body", body: active[300]?.hash ?? "" };
      if (path === "/blocks/tip/hash" && before === 9) server.setChain(active);
      return undefined;
    });
    const events = await followUntil(source, { held: chain.slice(200).map(linkOf), last: next.hash });
    expect(inShort(events)).toEqual(connects(active.slice(320)));
  });

  test("what a backfill takes is told before", async () => {
    const { active } = readRegtestChains(data);
    const { url } = await serve(active, "regtest");
    const estimate = await estimateBackfill(url, { blocks: 300, requestsPerSecond: 100 });
    // One or two pages a block, its hash and itself.
    expect(estimate.requests).toBeGreaterThanOrEqual(900);
    expect(estimate.requests).toBeLessThanOrEqual(1_200);
    expect(estimate.durationMs).toBe(estimate.requests * 10);
    expect(estimate.question).toMatch(
      /^Reading 300 blocks from http.* takes about [\d,]+ requests and, at 100 a second, 1 min\. /,
    );
    const slow = await estimateBackfill(url, { blocks: 100_000, requestsPerSecond: 1_000 });
    expect(slow.question).toMatch(/100,000 blocks .* (5|6) min/);
  });
});

function sameBytes(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString("base64");
}
