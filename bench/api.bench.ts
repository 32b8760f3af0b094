/**
 * The API under load: 1,000 open connections from which 500 requests a second come whether the server keeps up or not,
 * in a mix as pages and scripts ask, and how many it answers at most, beside a bare Fastify that sends the same bodies.
 * Server, database and load are processes on this one machine.
 */
import assert from "node:assert/strict";
import {
  claimChain,
  type Database,
  listInsights,
  saveBlocks,
  saveMempoolSnapshot,
  type SocketConnection,
} from "#store";
import { storedChain } from "../test/helpers/stored-blocks.ts";
import { storedSnapshot } from "../test/helpers/stored-snapshot.ts";
import { withDatabase } from "./embedded-database.ts";
import { startWorker, type Worker } from "./workers.ts";

const BLOCKS = 1_000;
const CLIENTS = 1_000;
const RATE = 500;
const OPEN_SECONDS = 30;
const CLOSED_CLIENTS = 50;
const CLOSED_SECONDS = 8;
const ROUNDS = 2;
/** As package.json starts the program. */
const AS_STARTED = "--max-semi-space-size=16";

type Open = {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
} & Errors;
type Closed = { readonly requestsPerSecond: number } & Errors;
/** By status; 0 is what was broken off. */
type Errors = { readonly errors: number; readonly byStatus: Readonly<Record<string, number>> };

export async function run(): Promise<Record<string, unknown>> {
  return withDatabase(async (db, connection) => {
    const paths = await prepare(db);
    const [api, bare, load] = ["api", "bare", "load"].map((name) =>
      startWorker(import.meta.filename, name, [AS_STARTED]),
    ) as [Worker, Worker, Worker];
    try {
      return await measure({ api, bare, load, paths, connection });
    } finally {
      for (const worker of [load, bare, api]) await worker.stop();
    }
  });
}

/** What is stored, and the paths that are asked for, each as often as it stands there. */
async function prepare(db: Database): Promise<readonly string[]> {
  await claimChain(db, { network: "simnet", chainId: "bench", simulated: true });
  const chain = storedChain(BLOCKS);
  for (let first = 0; first < BLOCKS; first += 100) await saveBlocks(db, chain.slice(first, first + 100));
  const tip = chain.at(-1)?.header;
  assert.ok(tip !== undefined);
  await saveMempoolSnapshot(db, storedSnapshot(tip.time, tip.hash), 30);
  const insights = await listInsights(db, { limit: 8 });
  const often = (count: number, path: string): string[] => Array.from({ length: count }, () => path);
  const mix = [
    ...often(4, "/api/v1/insights?pageSize=20"),
    ...insights.map(({ id }) => `/api/v1/insights/${id}`),
    ...often(6, "/api/v1/tip"),
    ...often(4, "/api/v1/blocks?pageSize=20"),
    ...[1, 2, 3, 4].map((down) => `/api/v1/blocks/${tip.height - down}`),
    ...often(3, "/api/v1/series/txs?resolution=block"),
    ...often(4, "/api/v1/mempool"),
    ...often(4, "/api/v1/fees/recommended"),
    ...often(3, "/api/v1/monitoring/status"),
  ];
  // Mixed, but the same in every run.
  return mix.map((_, index) => mix[(index * 17) % mix.length] ?? "");
}

type Measuring = {
  readonly api: Worker;
  readonly bare: Worker;
  readonly load: Worker;
  readonly paths: readonly string[];
  readonly connection: SocketConnection;
};

async function measure({ api, bare, load, paths, connection }: Measuring): Promise<Record<string, unknown>> {
  const url = (await api.ask<string>("start", { connection })).replace("localhost", "127.0.0.1");
  const bodies = await bodiesOf(url, paths);
  const bareUrl = await bare.ask<string>("start", { bodies });
  await load.ask("closed", { url, paths, clients: CLOSED_CLIENTS, seconds: 2 });
  const open = await load.ask<Open>("open", { url, paths, clients: CLIENTS, rate: RATE, seconds: OPEN_SECONDS });
  const rates = { ours: 0, bare: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, at] of [
      ["ours", url],
      ["bare", bareUrl],
    ] as const) {
      const order = { url: at, paths: paths.map(pathOf), clients: CLOSED_CLIENTS, seconds: CLOSED_SECONDS };
      const closed = await load.ask<Closed>("closed", name === "ours" ? { ...order, paths } : order);
      assert.equal(closed.errors, 0, `errors of ${name}: ${JSON.stringify(closed.byStatus)}`);
      rates[name] += closed.requestsPerSecond / ROUNDS;
    }
  }
  return tell(open, rates);
}

/** A bare server knows no queries. */
function pathOf(path: string): string {
  return path.replace("?", "/");
}

async function bodiesOf(url: string, paths: readonly string[]): Promise<Record<string, string>> {
  const bodies: Record<string, string> = {};
  for (const path of new Set(paths)) {
    const response = await fetch(`${url}${path}`);
    assert.equal(response.status, 200, path);
    bodies[pathOf(path)] = await response.text();
  }
  return bodies;
}

function tell(open: Open, rates: { readonly ours: number; readonly bare: number }): Record<string, unknown> {
  const round = (value: number): number => Math.round(value * 100) / 100;
  const ratioToBareFastify = round(rates.ours / rates.bare);
  console.log(
    `${CLIENTS} connections, ${round(open.requestsPerSecond)} requests/s: ${round(open.p50)} ms at the median, ${round(open.p99)} ms for 99 of 100, ${open.errors} errors ${open.errors === 0 ? "" : JSON.stringify(open.byStatus)}`,
  );
  console.log(
    `at most ${Math.round(rates.ours)} requests/s, a bare Fastify with the same bodies ${Math.round(rates.bare)}: ${ratioToBareFastify}`,
  );
  return {
    clients: CLIENTS,
    requestsPerSecond: round(open.requestsPerSecond),
    p50: round(open.p50),
    p99: round(open.p99),
    errors: open.errors,
    ratioToBareFastify,
    closedLoopRequestsPerSecond: Math.round(rates.ours),
    bareRequestsPerSecond: Math.round(rates.bare),
  };
}

const WORKERS: Readonly<Record<string, () => Promise<void>>> = {
  api: async () => (await import("./serve-api.ts")).serveApi(),
  bare: async () => (await import("./api/serve-bare.ts")).serveBare(),
  load: async () => (await import("./api/send-load.ts")).sendLoad(),
};

if (import.meta.main) await WORKERS[process.argv[2] ?? ""]?.();
