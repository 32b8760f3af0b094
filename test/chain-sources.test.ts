import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blockHashOf, displayHex, HEADER_SIZE, NETWORKS } from "#bitcoin";
import { sha256 } from "#lib";
import { type ChainBlock, type ChainSource, openSource, parseSourceSpec } from "#chain";
import type { BlockFeatures } from "#features";
import { createProcessContext, extractBlock } from "#ingest";
import { blockBytes, coinbase, keyScript, spentBytes } from "./fixtures/hand-built-block.ts";
import {
  type CoreNode,
  type NodeBlock,
  readNodeFiles,
  readRegtestBlocks,
  startCoreNode,
} from "./helpers/core-node/index.ts";
import { describeWithRealBlocks } from "./helpers/real-blocks.ts";

/** What a source says of a block, by height: the JSON of all that is extracted from it. */
type Told = ReadonlyMap<number, string>;

const OPTIONS = {
  network: "mainnet",
  pace: 60,
  historyBlocks: 1_000,
  finality: 100,
  requestsPerSecond: 100,
  allowBackfill: true,
  snapshotDir: tmpdir(),
} as const;

async function withSource<Result>(
  spec: string,
  options: Partial<Parameters<typeof openSource>[1]>,
  use: (source: ChainSource) => Promise<Result>,
): Promise<Result> {
  const source = await openSource(parseSourceSpec(spec), { ...OPTIONS, ...options });
  try {
    return await use(source);
  } finally {
    await source.close();
  }
}

/** A set's blocks, or a chain's from its first up to this height. */
async function* blocksOf(source: ChainSource, lastHeight?: number): AsyncGenerator<ChainBlock> {
  const stop = new AbortController();
  if (source.kind === "set") {
    yield* source.blocks(stop.signal);
    return;
  }
  const last = lastHeight ?? (await source.tipHeight());
  for await (const event of source.follow([], stop.signal)) {
    if (event.type === "disconnect") throw new Error(`block ${event.block.height} was disconnected`);
    yield event.block;
    if (event.block.height === last) stop.abort();
  }
}

function tell(block: ChainBlock, source: ChainSource): string {
  const { header, ...extracted } = extractBlock(block, undefined, createProcessContext(source));
  return JSON.stringify({ ...extracted, header: { ...header, merkleRoot: displayHex(header.merkleRoot) } });
}

async function toldBy(spec: string, options: Partial<Parameters<typeof openSource>[1]> = {}): Promise<Told> {
  return withSource(spec, options, async (source) => {
    const told = new Map<number, string>();
    for await (const block of blocksOf(source)) told.set(block.height, tell(block, source));
    return told;
  });
}

/** What needs the heights at which coins were made, as it stands in JSON. Means of no coins are null all the same. */
const COIN_DAYS = /"coin_days_destroyed":([^,}]+)/;
const COIN_AGES =
  /"(coin_days_destroyed|dormancy|average_lifespan|spent_age_bands|revived_supply|net_value_moved|coinAgeDays)":(\{[^}]*\}|[^,}]+)/g;

/** What the same source would say if it did not know the heights of coins. */
function withoutHeights(told: Told): Told {
  const entries = [...told].map(([height, json]): [number, string] => {
    expect(COIN_DAYS.exec(json)?.[1], `coin age of block ${height}`).not.toBe("null");
    return [height, json.replace(COIN_AGES, '"$1":null')];
  });
  return new Map(entries);
}

function expectSame(told: Told, expected: Told): void {
  expect([...told.keys()]).toEqual([...expected.keys()]);
  for (const [height, json] of told) expect(json, `block ${height}`).toBe(expected.get(height));
}

/** So many blocks above the last one are read with the heights of their coins; those below by REST where it is there. */
const NEAR_TIP = 6;

/** Blocks on top of one, so that it is not near the tip. */
function blocksAbove(block: NodeBlock, count: number): NodeBlock[] {
  const blocks: NodeBlock[] = [];
  for (let height = block.height + 1; height <= block.height + count; height += 1) {
    const transactions = [coinbase(height, [{ value: 1, script: keyScript(9) }])];
    const bytes = blockBytes(transactions);
    bytes.set(Buffer.from((blocks.at(-1) ?? block).hash, "hex").reverse(), 4);
    const spent = { bytes: spentBytes(transactions), coinHeights: new Uint32Array(0) };
    blocks.push({ height, hash: blockHashOf(bytes.subarray(0, HEADER_SIZE), sha256), bytes, spent });
  }
  return blocks;
}

/** Blocks that need not connect, each as a node tells of it that has a few more above it. */
async function toldOneByOne(blocks: readonly NodeBlock[], options: { rest: boolean; version: number }): Promise<Told> {
  const chain = blocks.map((block) => [block, ...blocksAbove(block, NEAR_TIP)]);
  const node = await startCoreNode({ network: NETWORKS.mainnet, chain: chain.flat(), ...options });
  const told = new Map<number, string>();
  for (const [block, ...above] of chain) {
    if (block === undefined) continue;
    node.setTip(above.at(-1)?.hash ?? "");
    await withSource(node.source, { historyBlocks: 1 + NEAR_TIP }, async (source) => {
      for await (const read of blocksOf(source, block.height)) told.set(read.height, tell(read, source));
    });
  }
  await node.stop();
  return told;
}

describeWithRealBlocks("the same blocks from every source", ({ blocks: blockFolder }) => {
  const folder = process.env["UTXOIQ_TEST_DATA"] ?? "";

  describe("single blocks of the main network", () => {
    const coredir = join(folder, "coredir");
    let files: NodeBlock[] = [];
    let fromNode: Told = new Map();

    beforeAll(async () => {
      const index = JSON.parse(readFileSync(join(coredir, "plain/index.json"), "utf8")) as {
        readonly blk: readonly { readonly hash: string; readonly height: number }[];
      };
      const heights = new Map(index.blk.map(({ hash, height }) => [hash, height]));
      files = readNodeFiles(join(coredir, "plain/blocks"), NETWORKS.mainnet, heights);
      fromNode = await toldOneByOne(files, { rest: false, version: 28 });
    });

    test("a node without REST knows the heights of their coins, one with REST says the same without them", async () => {
      expect(fromNode.size).toBe(24);
      expectSame(await toldOneByOne(files, { rest: true, version: 30 }), withoutHeights(fromNode));
    });

    test("a directory says the same without heights", async () => {
      const told = new Map(await toldBy(`dir:${blockFolder}`));
      // Its coins were made at heights that nobody knows.
      expect(told.delete(100_000)).toBe(true);
      expectSame(told, withoutHeights(fromNode));
    });

    test.each(["plain", "xor"])("a node's files say the same with heights: %s", async (variant) => {
      const told = await toldBy(`core-files:${join(coredir, variant)}`);
      // These blocks do not connect, and in older coinbases stands no height.
      expectSame(told, new Map([...fromNode].filter(([height]) => height >= 210_000)));
    });
  });

  describe("600 first blocks of the main network", () => {
    test("a node's files, the node with REST and without", async () => {
      const blocks = join(folder, "coredir/genesis-0-599");
      const fromFiles = await toldBy(`core-files:${blocks}`);
      expect(fromFiles.size).toBe(600);
      const chain = readNodeFiles(join(blocks, "blocks"), NETWORKS.mainnet);
      const plain = await startCoreNode({ network: NETWORKS.mainnet, chain, rest: false });
      expectSame(await toldBy(plain.source, { historyBlocks: 100 }), newest(fromFiles, 100));
      await plain.stop();
      const rest = await startCoreNode({ network: NETWORKS.mainnet, chain, version: 30 });
      const fromRest = await toldBy(rest.source);
      await rest.stop();
      expectSame(fromRest, nearTipWithHeights(fromFiles));
    });

    test("each of them is what the reference computed from the chain", async () => {
      const blocks = join(folder, "coredir/genesis-0-599");
      const expected = JSON.parse(readFileSync(join(blocks, "expected.json"), "utf8")) as Record<string, unknown>[];
      const told = await toldBy(`core-files:${blocks}`);
      const found = [...told.values()].map((json) => {
        const { size, features } = JSON.parse(json) as { size: number; features: BlockFeatures };
        const { totalfee, unclaimed, subsidy } = features;
        return {
          height: features.height,
          hash: features.blockhash,
          time: features.time,
          tx_count: features.txs,
          size,
          input_count: features.ins,
          output_count: features.outs,
          total_output_sats: features.total_out,
          coinbase_output_sats: subsidy + (totalfee ?? Number.NaN) - (unclaimed ?? Number.NaN),
          total_fees_sats: totalfee,
          utxo_increase: features.utxo_increase,
        };
      });
      // No feature lists transaction ids.
      expect(found).toEqual(expected.map(({ txids: _, ...each }) => each));
    });
  });

  describe("a regtest node", () => {
    const { regtest } = NETWORKS;
    const datadir = `core-files:${join(folder, "regtest-node/datadir/regtest")}`;
    let chain: NodeBlock[] = [];
    let fromFiles: Told = new Map();
    const running: CoreNode[] = [];

    beforeAll(async () => {
      chain = readRegtestBlocks(folder, regtest);
      fromFiles = await toldBy(datadir);
    });
    afterAll(async () => {
      for (const node of running) await node.stop();
    });

    const start = async (options: { rest: boolean; version: number }): Promise<CoreNode> => {
      const node = await startCoreNode({ network: regtest, chain, ...options });
      running.push(node);
      return node;
    };

    test("its files, without the stale branch, and the node without REST", async () => {
      expect([...fromFiles.keys()]).toEqual(Array.from({ length: 323 }, (_, height) => height));
      expectSame(await toldBy((await start({ rest: false, version: 28 })).source), fromFiles);
    });

    test("a node whose REST lacks spent outputs is asked for all by RPC", async () => {
      const node = await start({ rest: true, version: 28 });
      expectSame(await toldBy(node.source, { historyBlocks: 50 }), newest(fromFiles, 50));
      expect(node.counts.of("getblock")).toBe(50);
    });

    test("with REST the same, with heights near the tip alone", async () => {
      expectSame(await toldBy((await start({ rest: true, version: 30 })).source), nearTipWithHeights(fromFiles));
    });

    test("a directory of its blocks", async () => {
      const directory = mkdtempSync(join(tmpdir(), "regtest-blocks-"));
      const blocks = join(folder, "regtest-node/blocks");
      const spent = new Map(chain.map(({ hash, spent: coins }) => [hash, coins]));
      for (const name of readdirSync(blocks)) {
        const bytes = readFileSync(join(blocks, name));
        const hash = blockHashOf(bytes.subarray(0, HEADER_SIZE), sha256);
        writeFileSync(join(directory, name), bytes);
        writeFileSync(join(directory, name.replace("block", "spent")), spent.get(hash)?.bytes ?? "");
      }
      const told = await toldBy(`dir:${directory}`, { network: "regtest" });
      rmSync(directory, { recursive: true });
      expectSame(told, new Map([...withoutHeights(fromFiles)].filter(([height]) => height > 0)));
    });

    test("every block as the node's own getblockstats has it", async () => {
      const stats = JSON.parse(readFileSync(join(folder, "regtest-node/getblockstats.json"), "utf8")) as object[];
      expect(stats).toHaveLength(322);
      const node = await start({ rest: true, version: 30 });
      for (const spec of [datadir, node.source]) {
        const extracted = await withSource(spec, {}, withParents);
        expect(extracted).toHaveLength(323);
        expect(extracted.slice(1)).toEqual(stats.map((each) => expect.objectContaining(each) as unknown));
      }
    });
  });
});

/** What a node with REST says: heights of coins for the newest blocks alone. */
function nearTipWithHeights(told: Told): Told {
  const tip = Math.max(...told.keys());
  const rest = withoutHeights(new Map([...told].filter(([height]) => height <= tip - NEAR_TIP)));
  return new Map([...told].map(([height, json]) => [height, rest.get(height) ?? json]));
}

function newest(told: Told, blocks: number): Told {
  return new Map([...told].slice(-blocks));
}

async function withParents(source: ChainSource): Promise<BlockFeatures[]> {
  const context = createProcessContext(source);
  const features: BlockFeatures[] = [];
  for await (const block of blocksOf(source)) features.push(extractBlock(block, features, context).features);
  return features;
}
