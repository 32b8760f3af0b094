/**
 * Live streams as many clients see them: 5,000 WebSockets that each get each event while some read nothing; how long an
 * event takes from before it is stored, how much memory a client takes, and whether 10,000 random disconnects lose or
 * double anything. Then full blocks from a node to clients, through ingest. Server, node, ingest, database and clients
 * are processes on this one machine.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import {
  claimChain,
  type Database,
  getEventBounds,
  getTip,
  listEvents,
  saveBlocks,
  type SocketConnection,
} from "#store";
import { storedBlock, storedChain } from "../test/helpers/stored-blocks.ts";
import { withDatabase } from "./embedded-database.ts";
import { sharedClock, startWorker, type Worker } from "./workers.ts";

const CLIENTS = 5_000;
const STALLED = 20;
const EVENTS = 60;
const EVENT_EVERY_MS = 500;
const DISCONNECTS = 10_000;
const FULL_BLOCKS = 40;
const BLOCK_CLIENTS = 100;
const STORED_WITHIN_MS = 60_000;
const FOLLOW_WORKER = fileURLToPath(new URL("../test/helpers/follow-worker.ts", import.meta.url));
/** As package.json starts the program. */
const AS_STARTED = "--max-semi-space-size=16";

type Latencies = { readonly count: number; readonly p50: number; readonly p99: number; readonly max: number };
type Figures = Record<string, number>;

export async function run(): Promise<Record<string, unknown>> {
  const fanOut = await withDatabase(async (db, connection) => {
    await claimChain(db, { network: "simnet", chainId: "bench", simulated: true });
    await saveBlocks(db, storedChain(50));
    return withServer(connection, (server, clients) => measureFanOut({ db, ...server, clients }));
  });
  const blocks = await withDatabase((db, connection) =>
    withServer(connection, (server, clients) => measureBlocks({ db, connection, ...server, clients })),
  );
  return tell({ clients: CLIENTS, ...fanOut, ...blocks });
}

type Server = { readonly api: Worker; readonly url: string };

async function withServer(
  connection: SocketConnection,
  work: (server: Server, clients: Worker) => Promise<Figures>,
): Promise<Figures> {
  const api = startWorker(import.meta.filename, "api", [AS_STARTED, "--expose-gc"]);
  const clients = startWorker(import.meta.filename, "clients");
  try {
    const url = await api.ask<string>("start", { connection });
    return await work(
      { api, url: `${url.replace("http", "ws").replace("localhost", "127.0.0.1")}/ws/monitoring` },
      clients,
    );
  } finally {
    await clients.stop();
    await api.stop();
  }
}

type FanOut = Server & { readonly db: Database; readonly clients: Worker };

async function measureFanOut({ db, api, url, clients }: FanOut): Promise<Figures> {
  const since = (await getEventBounds(db)).last;
  // Code is compiled and pools are filled by the first clients; what each takes is measured of the others.
  await clients.ask("connect", { url, count: 200, since });
  await clients.ask("disconnectAll");
  const before = await api.ask<number>("rssKilobytes");
  await clients.ask("connect", { url, count: CLIENTS, since });
  await clients.ask("stall", { count: STALLED, since });
  const publisher = publishTo(db, 50);
  await publisher.publish(EVENTS, EVENT_EVERY_MS);
  const ids = await publisher.idsSince(since);
  assert.deepEqual(await clients.ask("compare", { ids }), { lost: 0, doubled: 0, disordered: 0 });
  const delivered = await clients.ask<Latencies>("latencies", { sentAt: await publisher.sentAt(since) });
  assert.equal(delivered.count, CLIENTS * EVENTS, "each client got each event");
  const after = await api.ask<number>("rssKilobytes");
  const ended = new AbortController();
  const coming = clients.ask("comeAndGo", { count: DISCONNECTS }).finally(() => ended.abort());
  while (!ended.signal.aborted) await publisher.publish(1, 100);
  await coming;
  const compared = await clients.ask<Figures>("compare", { ids: await publisher.idsSince(since) });
  assert.equal(compared["disordered"], 0, "events in the order of their ids");
  return {
    p50: delivered.p50,
    p99: delivered.p99,
    kilobytesPerClient: (after - before) / (CLIENTS + STALLED),
    disconnects: DISCONNECTS,
    lost: compared["lost"] ?? Number.NaN,
    doubled: compared["doubled"] ?? Number.NaN,
  };
}

/** Stores blocks as ingest does, and remembers when each was about to be. */
function publishTo(db: Database, firstHeight: number) {
  const storedAt = new Map<number, number>();
  let height = firstHeight;
  const blocksSince = async (since: number) =>
    (await listEvents(db, { after: since, limit: 100_000 })).flatMap(({ id, block }) =>
      block === null ? [] : [{ id, height: block.height }],
    );
  return {
    publish: async (events: number, everyMs: number): Promise<void> => {
      for (let event = 0; event < events; event += 1) {
        storedAt.set(height, sharedClock());
        await saveBlocks(db, [storedBlock(height)]);
        height += 1;
        await delay(everyMs);
      }
    },
    idsSince: async (since: number) => (await blocksSince(since)).map(({ id }) => id),
    sentAt: async (since: number) =>
      Object.fromEntries(
        (await blocksSince(since)).map((event) => [event.id, storedAt.get(event.height) ?? Number.NaN]),
      ),
  };
}

type Blocks = FanOut & { readonly connection: SocketConnection };

async function measureBlocks({ db, connection, url, clients }: Blocks): Promise<Figures> {
  const node = startWorker(import.meta.filename, "node");
  let follower: ChildProcess | undefined;
  try {
    const { source, bytes } = await node.ask<{ source: string; bytes: number }>("start", { blocks: FULL_BLOCKS });
    assert.ok(bytes >= 1_600_000, `a full block has ${bytes} bytes`);
    follower = spawn(process.execPath, [AS_STARTED, FOLLOW_WORKER, JSON.stringify({ connection, source })], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await caughtUp(follower);
    const since = (await getEventBounds(db)).last;
    await clients.ask("connect", { url, count: BLOCK_CLIENTS, since });
    const announcedAt = new Map<number, number>();
    for (let block = 0; block < FULL_BLOCKS; block += 1) {
      const { height, at } = await node.ask<{ height: number; at: number }>("announce");
      announcedAt.set(height, at);
      await stored(db, height);
      await delay(500);
    }
    const events = (await listEvents(db, { after: since, limit: 10_000 })).flatMap(({ id, block }) =>
      block === null ? [] : [[id, announcedAt.get(block.height) ?? Number.NaN] as const],
    );
    assert.equal(events.length, FULL_BLOCKS, "an event of each full block");
    await clients.ask("compare", { ids: events.map(([id]) => id) });
    const { count, p50, p99 } = await clients.ask<Latencies>("latencies", { sentAt: Object.fromEntries(events) });
    assert.equal(count, FULL_BLOCKS * BLOCK_CLIENTS, "each client heard of each block");
    return { blockToClientP50: p50, blockToClientP99: p99 };
  } finally {
    if (follower !== undefined) {
      follower.kill("SIGKILL");
      await once(follower, "exit");
    }
    await node.stop();
  }
}

/** On a machine that has much else to do a block may take long: the next one is announced after it. */
async function stored(db: Database, height: number): Promise<void> {
  const deadline = sharedClock() + STORED_WITHIN_MS;
  while (((await getTip(db))?.height ?? -1) < height) {
    assert.ok(sharedClock() < deadline, `block ${height} is not stored`);
    await delay(100);
  }
}

/** It says a line for each block that it has stored. */
async function caughtUp({ stdout }: ChildProcess): Promise<void> {
  let said = "";
  while (!said.includes("stored")) {
    const [piece] = (await once(stdout ?? process.stdin, "data", { signal: AbortSignal.timeout(180_000) })) as [Buffer];
    said += piece.toString();
  }
  stdout?.resume();
}

function tell(figures: Figures): Record<string, unknown> {
  const rounded = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10]),
  );
  const { clients, p50, p99, kilobytesPerClient, disconnects, lost, doubled } = rounded;
  console.log(`${clients} clients and ${STALLED} that read nothing: ${p50} ms at the median, ${p99} ms for 99 of 100`);
  console.log(`${kilobytesPerClient} kB of memory a client`);
  console.log(`${disconnects} disconnects and resumes: ${lost} events lost, ${doubled} doubled`);
  console.log(
    `from a node's announcement of a full block to a client: ${rounded["blockToClientP50"]} ms, 99 of 100 within ${rounded["blockToClientP99"]} ms`,
  );
  return rounded;
}

const WORKERS: Readonly<Record<string, () => Promise<void>>> = {
  api: async () => (await import("./serve-api.ts")).serveApi(),
  clients: async () => (await import("./streams/connect-clients.ts")).connectClients(),
  node: async () => (await import("./streams/play-node.ts")).playNode(),
};

if (import.meta.main) await WORKERS[process.argv[2] ?? ""]?.();
