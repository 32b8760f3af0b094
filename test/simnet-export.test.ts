import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { displayHex } from "#bitcoin";
import {
  type ChainBlock,
  type ChainSource,
  type ExportFormat,
  exportSimnet,
  openSource,
  parseSourceSpec,
} from "#chain";
import type { BlockFeatures } from "#features";
import { createProcessContext, extractBlock, labelsOfSource } from "#ingest";
import { createLabelCompiler } from "#labels";
import { sha256 } from "#lib";

/** Branches race on its first blocks: two blocks lose below height 8, three below 19. */
const SEED = 312;
const BLOCKS = 30;
const IN_A_RACE = 18;

const OPTIONS = {
  network: "simnet",
  pace: 60,
  historyBlocks: 1_000,
  finality: 100,
  requestsPerSecond: 100,
  allowBackfill: true,
} as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "utxoiq-export-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function write(to: string, format: ExportFormat, more: { blocks?: number; xorKey?: boolean } = {}) {
  const { signal } = new AbortController();
  const place = { seed: SEED, snapshotDir: join(folder, "nothing-staged") };
  const exported = await exportSimnet({ ...place, blocks: BLOCKS, to, format, ...more, onProgress: () => {}, signal });
  return { exported, to };
}

type Read = { readonly blocks: readonly ChainBlock[]; readonly chainId: string; readonly told: readonly string[] };

/** The blocks of a source as they stand in the end, and all that is extracted from them, flows by its labels included. */
async function read(spec: string, historyBlocks: number = OPTIONS.historyBlocks): Promise<Read> {
  const source = await openSource(parseSourceSpec(spec), { ...OPTIONS, historyBlocks, snapshotDir: folder });
  try {
    const blocks = await blocksOf(source);
    const compiler = createLabelCompiler({ network: source.network, sha256 }, source.pools);
    for (const label of labelsOfSource(source)?.labels ?? []) compiler.add(label);
    const context = createProcessContext(source, { labels: compiler.finish(0) });
    const parents: BlockFeatures[] = [];
    const told = blocks.map((block) => {
      const { header, ...extracted } = extractBlock(block, parents, context);
      parents.push(extracted.features);
      return JSON.stringify({ ...extracted, header: { ...header, merkleRoot: displayHex(header.merkleRoot) } });
    });
    return { blocks, chainId: source.chainId, told };
  } finally {
    await source.close();
  }
}

async function blocksOf(source: ChainSource): Promise<ChainBlock[]> {
  const blocks: ChainBlock[] = [];
  const stop = new AbortController();
  if (source.kind === "set") {
    for await (const block of source.blocks(stop.signal)) blocks.push(block);
    return blocks;
  }
  const tip = await source.tipHeight();
  for await (const event of source.follow([], stop.signal)) {
    if (event.type === "disconnect") blocks.pop();
    else blocks.push(event.block);
    if (event.type === "connect" && event.block.height >= tip) stop.abort();
  }
  return blocks;
}

/** What needs the heights at which coins were made, as it stands in JSON. */
const COIN_AGES =
  /"(coin_days_destroyed|dormancy|average_lifespan|spent_age_bands|revived_supply|net_value_moved|coinAgeDays)":(\{[^}]*\}|[^,}]+)/g;
const withoutAges = (json: string): string => json.replace(COIN_AGES, '"$1":null');

function hashesOf({ blocks }: Read): string[] {
  return blocks.map(({ hash }) => hash);
}

describe("a simulated chain written as files", () => {
  let original: Read;
  beforeAll(async () => {
    // The source itself, which goes on to where no branches race.
    const whole = await read(`simnet:${SEED}`, BLOCKS - 1);
    original = { ...whole, blocks: whole.blocks.slice(0, BLOCKS), told: whole.told.slice(0, BLOCKS) };
  });

  test.each([false, true])("a node's files, with key: %s, are the same chain with coin heights", async (xorKey) => {
    const { to, exported } = await write(join(folder, `node-${xorKey}`), "core-files", { xorKey });
    expect(exported).toMatchObject({ blocks: BLOCKS, stale: 5 });
    const found = await read(`core-files:${to}`);
    expect(found.chainId).toBe(original.chainId);
    expect(found.told).toEqual(original.told);
    expect(found.blocks.map(({ spent }) => spent)).toEqual(original.blocks.map(({ spent }) => spent));
  });

  test("a directory is the same chain without coin heights", async () => {
    const { to, exported } = await write(join(folder, "directory"), "dir");
    expect(exported.blocks).toBe(BLOCKS);
    const found = await read(`dir:${to}`);
    expect(found.chainId).toBe(original.chainId);
    expect(found.told.map(withoutAges)).toEqual(original.told.map(withoutAges));
    // Coins are spent in most blocks, so their ages would be there if anything told them.
    expect(found.told.join()).not.toMatch(/"coin_days_destroyed":\d/);
    expect(original.told.join()).toMatch(/"coin_days_destroyed":[1-9]/);
  });

  test.each(["dir", "core-files"] as const)("%s may end while branches race: with what wins", async (format) => {
    const { to } = await write(join(folder, `race-${format}`), format, { blocks: IN_A_RACE });
    expect(hashesOf(await read(`${format}:${to}`))).toEqual(hashesOf(original).slice(0, IN_A_RACE));
  });

  test("what is in a directory is not written over, and nothing half written stays", async () => {
    const to = join(folder, "occupied");
    mkdirSync(to);
    writeFileSync(join(to, "mine"), "mine");
    await expect(write(to, "dir")).rejects.toMatchObject({
      code: "CHAIN_EXPORT_TARGET",
      message: expect.stringContaining(`${to} is not empty`),
    });
    expect(readFileSync(join(to, "mine"), "utf8")).toBe("mine");
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 3 && stop.abort();
    const order = { seed: SEED, snapshotDir: folder, blocks: BLOCKS, format: "dir" } as const;
    const broken = exportSimnet({ ...order, to: join(folder, "stopped"), onProgress, signal: stop.signal });
    await expect(broken).rejects.toMatchObject({ name: "AbortError" });
    expect(readdirSync(folder).filter((name) => name.startsWith("stopped"))).toEqual([]);
    mkdirSync(join(folder, "empty"));
    await write(join(folder, "empty"), "dir", { blocks: 1 });
    expect(readdirSync(join(folder, "empty"))).toEqual(["0.block", "0.spent"]);
  });
});
