import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isUnspendable } from "#bitcoin";
import { type ChainEvent, type FollowableSource, type HeightRange, openSource, parseSourceSpec } from "#chain";
import type { PriceFeatures } from "#features";
import {
  chainOf,
  createProcessContext,
  extractBlock,
  followChain,
  openPrices,
  type PriceFile,
  type ProcessPrices,
  readPriceFile,
} from "#ingest";
import { createLogger } from "#lib";
import { claimChain, type Database, listRecentLinks } from "#store";
import { extend, reorgEvents } from "./fixtures/small-chain.ts";
import { decodeBlock } from "./helpers/core-node/decode-block.ts";
import { withMadeUpCoinHeights } from "./helpers/core-node/index.ts";
import { openTestDatabase } from "./helpers/database.ts";
import { describeWithRealBlocks } from "./helpers/real-blocks.ts";
import { madeUpSource } from "./helpers/made-up-source.ts";

const FINALITY = 100;
const COIN = 100_000_000;
const DAY_MS = 86_400_000;

/** Never the same on two days that follow each other, and one file for all chains, the simulated one included: 2009 to 2031. */
const FIRST_DAY = Date.UTC(2009, 0, 1) / DAY_MS;
const LAST_DAY = Date.UTC(2031, 11, 31) / DAY_MS;
const closeOf = (day: number): number => ((day * 7_919) % 1_000) / 8 + 1;

async function writePrices(): Promise<PriceFile> {
  const path = join(mkdtempSync(join(tmpdir(), "utxoiq-prices-")), "made-up.csv");
  const rows = ["date,close"];
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) {
    rows.push(`${new Date(day * DAY_MS).toISOString().slice(0, 10)},${closeOf(day)}`);
  }
  writeFileSync(path, rows.join("\n"));
  return readPriceFile(path, "USD");
}

const file = await writePrices();
const { signal: never } = new AbortController();

async function openChain(spec: string, historyBlocks = 1_000_000): Promise<FollowableSource> {
  const source = await openSource(parseSourceSpec(spec), {
    network: "mainnet",
    pace: 60,
    historyBlocks,
    finality: FINALITY,
    requestsPerSecond: 1,
    allowBackfill: false,
    snapshotDir: mkdtempSync(join(tmpdir(), "utxoiq-prices-")),
  });
  if (source.kind !== "chain") throw new Error("a set, not a chain");
  return source;
}

type Told = { readonly unknown: string[]; readonly asked: HeightRange[] };

async function open(source: FollowableSource, db?: Database): Promise<ProcessPrices & Told> {
  const told: Told = { unknown: [], asked: [] };
  const { headerTimes } = source;
  const held = db === undefined ? [] : await listRecentLinks(db, 1);
  const noting: FollowableSource =
    headerTimes === undefined
      ? source
      : {
          ...source,
          headerTimes: (heights, signal) => {
            told.asked.push(heights);
            return headerTimes(heights, signal);
          },
        };
  const prices = await openPrices({
    file,
    source: noting,
    firstHeight: (held.at(-1)?.height ?? source.firstHeight - 1) + 1,
    ...(db === undefined ? {} : { db }),
    signal: never,
    onProgress: () => {},
    onUnknown: (reason) => told.unknown.push(reason),
  });
  return { ...prices, ...told };
}

/** A coin by what the chain itself says of it. */
type Coin = { readonly value: number; readonly price: number };

/** What a block spends and makes, found by following each outpoint: nothing of it comes from undo data. */
function moveCoins(utxos: Map<string, Coin>, block: { bytes: Uint8Array; height: number }, price: number) {
  const spent: Coin[] = [];
  for (const [index, { txid, inputs, outputs }] of decodeBlock(block.bytes).entries()) {
    for (const { txid: from, vout } of index === 0 ? [] : inputs) {
      const coin = utxos.get(`${from}:${vout}`);
      if (coin === undefined) throw new Error(`block ${block.height} spends ${from}:${vout}, which is not there`);
      utxos.delete(`${from}:${vout}`);
      spent.push(coin);
    }
    for (const [vout, { value, script }] of outputs.entries()) {
      if (!isUnspendable(script, 0, script.length)) utxos.set(`${txid}:${vout}`, { value, price });
    }
  }
  return spent;
}

const cost = (coins: Iterable<Coin>): number =>
  [...coins].reduce((sum, { value, price }) => sum + (value / COIN) * price, 0);

function expectNear(actual: number | null, expected: number, scale: number, what: string): void {
  expect(Math.abs((actual ?? Number.NaN) - expected), what).toBeLessThanOrEqual(1e-12 * scale);
}

describeWithRealBlocks("prices and real chains", ({ blocks: blockFolder }) => {
  const folder = join(blockFolder, "..");
  const genesis = `core-files:${join(folder, "coredir/genesis-0-599")}`;
  const regtest = `core-files:${join(folder, "regtest-node/datadir/regtest")}`;

  test.each([
    ["600 first blocks of the main network", genesis, 599, { spending: 13, moved: 5 }],
    ["a regtest node", regtest, 322, { spending: 159, moved: 30 }],
    ["a simulated network", "simnet:85", 300, { spending: 300, moved: 100 }],
  ])("%s: each block by following its outpoints, and their sum by the UTXO set", async (_, spec, last, atLeast) => {
    const source = await openChain(spec, last + 1);
    const prices = await open(source);
    const context = createProcessContext(source, { prices });
    const utxos = new Map<string, Coin>();
    const stop = new AbortController();
    const ratios: number[] = [];
    let realisedCap = 0;
    for await (const event of source.follow([], stop.signal)) {
      if (event.type === "disconnect") throw new Error("disconnected");
      const { block } = event;
      if (block.height === last) stop.abort();
      const { priceFeatures: told, header } = extractBlock(block, [], context);
      const price = closeOf(Math.floor(header.time / 86_400));
      if (block.height === 1 && !source.network.simulated) utxos.clear();
      const spent = moveCoins(utxos, block, price);
      const createdValue = cost(spent);
      const spentValue = cost(spent.map(({ value }) => ({ value, price })));
      const what = `block ${block.height}`;
      expectNear(told?.created_value ?? null, createdValue, createdValue, what);
      expectNear(told?.spent_value ?? null, spentValue, spentValue, what);
      if (createdValue === 0) expect(told?.sopr, what).toBeNull();
      else expectNear(told?.sopr ?? null, spentValue / createdValue, 4, what);
      ratios.push(...[told?.sopr ?? []].flat());
      realisedCap += told?.realised_cap_change ?? Number.NaN;
    }
    await source.close();
    expect(prices.unknown).toEqual([]);
    const moved = ratios.filter((ratio) => ratio !== 1).length;
    expect(ratios.length).toBeGreaterThanOrEqual(atLeast.spending);
    expect(moved).toBeGreaterThanOrEqual(atLeast.moved);
    const held = cost(utxos.values());
    expectNear(realisedCap, held, held, "the realised cap");
    expect(held).toBeGreaterThan(0);
  });

  type Read = { readonly source: FollowableSource; readonly until: number };

  async function ingest(db: Database, { source, until }: Read): Promise<Told> {
    await claimChain(db, chainOf(source));
    const held = await listRecentLinks(db, FINALITY + 1);
    const prices = await open(source, db);
    const stop = new AbortController();
    const onStored = (newest: { readonly height: number }): void => {
      if (newest.height >= until) stop.abort();
    };
    const logger = createLogger(undefined, "silent");
    await followChain({ source, db, held, prices, onStored, logger, signal: stop.signal });
    await source.close();
    return prices;
  }

  test("what is stored is the same from the first block on, from the middle, and after a restart", async () => {
    const [whole, part] = [(await openTestDatabase()).db, (await openTestDatabase()).db];
    expect(await ingest(whole, { source: await openChain(regtest), until: 322 })).toMatchObject({ asked: [] });
    const first = await ingest(part, { source: await openChain(regtest, 200), until: 200 });
    expect(first).toMatchObject({ asked: [{ first: 0, last: 122 }], unknown: [] });
    // It has all times of the blocks before: nothing is asked again.
    expect(await ingest(part, { source: await openChain(regtest, 200), until: 322 })).toMatchObject({ asked: [] });
    const rows = await priceRows(whole);
    expect(rows).toHaveLength(323);
    expect(rows.filter(({ sopr }) => sopr !== null && sopr !== 1).length).toBeGreaterThan(10);
    expect(await priceRows(part)).toEqual(rows.slice(123));
    expect(await part.selectFrom("price_series").select(["name", "version", "currency"]).execute()).toEqual([
      { name: "made-up", version: file.series.version, currency: "USD" },
    ]);
  });

  test("where nobody tells when older blocks were made, null stands with its reason, and only there", async () => {
    const [known, blind] = [(await openTestDatabase()).db, (await openTestDatabase()).db];
    await ingest(known, { source: await openChain(regtest, 150), until: 322 });
    const { headerTimes: _, ...mute } = await openChain(regtest, 150);
    const { unknown } = await ingest(blind, { source: mute, until: 322 });
    expect(unknown).toEqual([
      `${regtest} does not tell when all blocks below 173 were made: SOPR is null where their coins are spent`,
    ]);
    const [all, some] = [await priceRows(known), await priceRows(blind)];
    let missing = 0;
    for (const [index, row] of some.entries()) {
      const full = all[index];
      if (row.priced_share === null || row.priced_share === 1) expect(row).toEqual(full);
      else {
        missing += 1;
        const lost = { sopr: null, asopr: null, created_value: null, realised_cap_change: null };
        expect(row).toEqual({ ...full, ...lost, asopr: row.asopr, priced_share: row.priced_share });
      }
    }
    expect(missing).toBeGreaterThan(10);
  });
});

function priceRows(db: Database): Promise<readonly (Omit<PriceFeatures, "series"> & { height: number })[]> {
  return db
    .selectFrom("block_price_features")
    .innerJoin("block_headers", "block_headers.hash", "block_price_features.blockhash")
    .selectAll("block_price_features")
    .select("block_headers.height")
    .orderBy("block_headers.height")
    .execute();
}

/** A chain of ours whose coins are of the block below, told event by event. */
async function followEvents(db: Database, events: readonly ChainEvent[]): Promise<void> {
  const source = madeUpSource({
    now: () => 0,
    async *follow() {
      for (const event of events) {
        if (event.type === "disconnect") yield event;
        else yield { ...event, block: { ...event.block, spent: withMadeUpCoinHeights([event.block])[0]?.spent } };
      }
    },
  });
  await claimChain(db, chainOf(source));
  const prices = await open(source, db);
  const logger = createLogger(undefined, "silent");
  await followChain({ source, db, held: [], prices, onStored: () => {}, logger, signal: never });
}

test("after a reorg the rows are those of the winning chain alone", async () => {
  const losing = extend([], 20, "losing");
  // Midnight is at block 11, so prices change where the branches differ.
  const winning = extend(losing.slice(0, 8), 20, "winning");
  const [live, fresh] = [(await openTestDatabase()).db, (await openTestDatabase()).db];
  await followEvents(live, [...reorgEvents([], losing), ...reorgEvents(losing, winning)]);
  await followEvents(fresh, reorgEvents([], winning));
  const rows = await priceRows(live);
  expect(rows).toHaveLength(28);
  expect(rows[11]?.sopr).not.toBe(1);
  expect(rows[12]?.sopr).toBe(1);
  expect(rows).toEqual(await priceRows(fresh));
});
