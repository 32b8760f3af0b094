/**
 * Every query that somebody waits for, on a million blocks and 20 million flows that were multiplied from one: 50 clients
 * ask once a second each, on the eight connections that the API has, of the embedded server with its own settings. Nothing
 * of the program remembers an answer; then as many ask the API for a mix, which does.
 *
 *   npm run bench -- queries [--blocks 1000000] [--seconds 6] [--only text] [--data directory] [--json]
 *
 * With --data the database is kept there, and is not filled again where it is there.
 */
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createLogger } from "#lib";
import { type Database, embedded, getTip, migrate, openDatabase, type SocketConnection } from "#store";
import { measureHitRate } from "./answer-mix.ts";
import { query } from "../test/helpers/database.ts";
import { type FilledStore, filledStore, fillStore } from "../test/helpers/large-store/fill-store.ts";
import { STORE_QUERIES, type StoreQuery } from "../test/helpers/large-store/store-queries.ts";
import type { StoreSize } from "../test/helpers/large-store/store-size.ts";
import { pseudoRandom } from "../test/helpers/pseudo-random.ts";

const CLIENTS = 50;
const EVERY_MS = 1_000;
const AT_MOST_MS = 100;
const MIX_SECONDS = 40;

/** What is lost when the machine stops is filled again. */
const WHILE_FILLING = {
  fsync: "off",
  full_page_writes: "off",
  max_wal_size: "8GB",
  wal_level: "minimal",
  max_wal_senders: "0",
};

const logger = createLogger(undefined, "silent");

type QueryFigures = { readonly name: string; readonly p50: number; readonly p99: number; readonly failed?: number };

export async function run(): Promise<Record<string, unknown>> {
  const options = readOptions();
  const dataDir = options.data ?? mkdtempSync(join(tmpdir(), "utxoiq-queries-"));
  mkdirSync(dataDir, { recursive: true });
  // Root starts the server as another user, who has to come by.
  chmodSync(dataDir, 0o755);
  try {
    const size = {
      blocks: options.blocks,
      flowsPerBlock: 20,
      interval: 600,
      metrics: 1_000,
      hourDays: 730,
      days: 30,
      sampleSeconds: 10,
      predicted: 20_000,
    };
    if (!existsSync(join(dataDir, "postgres"))) await fill(dataDir, size);
    return { blocks: options.blocks, ...(await measureAll(dataDir, size, options)) };
  } finally {
    if (options.data === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

function readOptions() {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    allowPositionals: true,
    options: { blocks: text, seconds: text, only: text, data: text, json: { type: "boolean" } },
  });
  const { blocks = "1000000", seconds = "6", only = "", data } = values;
  return {
    blocks: Number(blocks),
    seconds: Number(seconds),
    only,
    data: data === undefined ? undefined : resolve(data),
  };
}

async function fill(dataDir: string, size: StoreSize): Promise<void> {
  const began = performance.now();
  await withServer(dataDir, WHILE_FILLING, async (db) => {
    await fillStore(db, size);
    await query(db, "VACUUM ANALYZE");
  });
  console.log(`filled in ${Math.round((performance.now() - began) / 1_000)} s`);
}

async function withServer<Result>(
  dataDir: string,
  settings: Readonly<Record<string, string>>,
  work: (db: Database, connection: SocketConnection) => Promise<Result>,
): Promise<Result> {
  const server = await embedded.startEmbeddedPostgres({ dataDir, logger, settings });
  try {
    await migrate(server.connection);
    // As the API opens it; filling takes as long as it takes.
    const timeout = settings === WHILE_FILLING ? { statementTimeoutMs: 0 } : {};
    const db = await openDatabase({ connection: server.connection, name: "bench", logger, ...timeout });
    try {
      return await work(db, server.connection);
    } finally {
      await db.destroy();
    }
  } finally {
    await server.stop();
  }
}

type Options = ReturnType<typeof readOptions>;

type Figures = { readonly queries: readonly QueryFigures[]; readonly cacheHitRate: number | null };

async function measureAll(dataDir: string, size: StoreSize, { only, seconds }: Options): Promise<Figures> {
  return withServer(dataDir, {}, async (db, connection) => {
    const filled = filledStore(size);
    assert.equal((await getTip(db))?.height, filled.lastHeight, "the database is filled as was asked for");
    await printSizes(db);
    const figures: QueryFigures[] = [];
    for (const [name, ask] of Object.entries(STORE_QUERIES)) {
      if (!name.includes(only)) continue;
      const measured = await measure(db, { name, ask, filled, seconds });
      figures.push(measured);
      const { p50, p99, failed = 0 } = measured;
      const late = failed > 0 ? `   ${failed} failed` : p99 > AT_MOST_MS ? "   over 100 ms" : "";
      console.log(`${name.padEnd(50)}${p50.toFixed(1).padStart(9)}${p99.toFixed(1).padStart(9)} ms${late}`);
    }
    const cacheHitRate = await measureHitRate({ db, connection, logger, seconds: MIX_SECONDS });
    console.log(`of answers under a mix ${((cacheHitRate ?? 0) * 100).toFixed(1)} % were remembered`);
    return { queries: figures, cacheHitRate };
  });
}

async function printSizes(db: Database): Promise<void> {
  const [{ size }] = (await query(db, "SELECT pg_size_pretty(pg_database_size(current_database())) AS size")) as [
    { size: string },
  ];
  const [{ flows }] = (await query(
    db,
    "SELECT reltuples::bigint AS flows FROM pg_class WHERE oid = 'entity_flows'::regclass",
  )) as [{ flows: number }];
  console.log(`${size}, ${flows.toLocaleString("en")} rows of flows; ${CLIENTS} clients, one request a second each`);
  console.log(`${"query".padEnd(50)}${"p50".padStart(9)}${"p99".padStart(9)}`);
}

type Measuring = {
  readonly name: string;
  readonly ask: StoreQuery;
  readonly filled: FilledStore;
  readonly seconds: number;
};

/** Each client asks when its moment of the second has come, and not later because it still waits for an answer. */
async function measure(db: Database, { name, ask, filled, seconds }: Measuring): Promise<QueryFigures> {
  const random = pseudoRandom(1);
  const durations: number[] = [];
  let failed = 0;
  const one = async (): Promise<void> => {
    const began = performance.now();
    try {
      await ask({ ...filled, db, random });
    } catch {
      // Where all connections are taken for long, nobody gets one any more.
      failed += 1;
    }
    durations.push(performance.now() - began);
  };
  const asked: Promise<void>[] = [];
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    await wait((client * EVERY_MS) / CLIENTS);
    for (let second = 0; second < seconds; second += 1) {
      asked.push(one());
      await wait(EVERY_MS);
    }
  });
  await Promise.all(clients);
  await Promise.all(asked);
  const sorted = durations.toSorted((left, right) => left - right);
  const at = (share: number): number => Number((sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(2));
  return { name, p50: at(0.5), p99: at(0.99), ...(failed > 0 && { failed }) };
}
