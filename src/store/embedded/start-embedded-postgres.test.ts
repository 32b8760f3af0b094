import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLogger } from "#lib";
import type { SocketConnection } from "../database/connection.ts";
import { findPostmaster } from "./postmaster-file.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./start-embedded-postgres.ts";

const logger = createLogger(undefined, "silent");
let base = "";
let started: EmbeddedPostgres[] = [];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "utxoiq-embedded-"));
  chmodSync(base, 0o755);
});

afterEach(async () => {
  for (const server of started) await server.stop();
  started = [];
  rmSync(base, { recursive: true, force: true });
});

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, logger, sharedDir: join(base, "shared") });
  started.push(server);
  return server;
}

async function query(connection: SocketConnection, text: string): Promise<readonly unknown[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Starts the server in a process of its own, which then stays until it is killed. */
async function startOwner(dataDir: string) {
  const module = new URL("./start-embedded-postgres.ts", import.meta.url).href;
  const code = `import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    import { createLogger } from "#lib";
    await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, logger: createLogger(undefined, "silent") });
    process.stdout.write("started");
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", code], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(owner.stdout, "data");
  return owner;
}

test("makes a cluster that its owner alone can enter, stops it, and finds everything again", async () => {
  const dataDir = join(base, "data");
  const first = await start(dataDir);
  expect(first.owned).toBe(true);
  expect(await query(first.connection, "SHOW server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
  expect(await query(first.connection, "SHOW listen_addresses")).toEqual([{ listen_addresses: "" }]);
  for (const directory of [first.connection.host, join(dataDir, "postgres")]) {
    const stat = statSync(directory);
    expect(stat.mode & 0o777).toBe(0o700);
    expect(stat.uid).not.toBe(0);
  }
  expect(statSync(join(dataDir, "postgres.log")).mode & 0o777).toBe(0o600);
  await query(first.connection, "CREATE TABLE kept AS SELECT 42 AS answer");
  await first.stop();
  expect(findPostmaster(join(dataDir, "postgres"))).toBeUndefined();
  const second = await start(dataDir);
  expect(await query(second.connection, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
});

test("two that start at once share one server, and only its owner's stop ends it", async () => {
  const dataDir = join(base, "data");
  // What an interrupted first start left is no obstacle.
  mkdirSync(join(dataDir, "postgres.new", "base"), { recursive: true });
  const [one, two] = await Promise.all([start(dataDir), start(dataDir)]);
  expect(one.owned).not.toBe(two.owned);
  const attached = one.owned ? two : one;
  expect(attached.connection).toEqual(one.connection);
  await attached.stop();
  expect(await query(one.connection, "SELECT 1 AS there")).toEqual([{ there: 1 }]);
});

test("attaches to the server of another live process, and takes over from a killed one", async () => {
  const dataDir = join(base, "data");
  const owner = await startOwner(dataDir);
  const attached = await start(dataDir);
  expect(attached.owned).toBe(false);
  await query(attached.connection, "CREATE TABLE kept AS SELECT 42 AS answer");
  const orphan = findPostmaster(join(dataDir, "postgres"))?.pid;
  owner.kill("SIGKILL");
  await once(owner, "exit");
  expect(findPostmaster(join(dataDir, "postgres"))?.pid).toBe(orphan);
  const next = await start(dataDir);
  expect(next.owned).toBe(true);
  expect(findPostmaster(join(dataDir, "postgres"))?.pid).not.toBe(orphan);
  expect(await query(next.connection, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
});

test("recovers what was committed when the server itself is killed", async () => {
  const dataDir = join(base, "data");
  const first = await start(dataDir);
  const idle = new Client(first.connection);
  const lost = new Promise((resolve) => idle.on("error", resolve));
  await idle.connect();
  await query(first.connection, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");
  process.kill(findPostmaster(join(dataDir, "postgres"))?.pid ?? Number.NaN, "SIGKILL");
  await lost;
  await first.stop();
  const second = await start(dataDir);
  expect(await query(second.connection, "SELECT count(*)::integer AS n FROM kept")).toEqual([{ n: 1_000 }]);
  expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).toContain(
    "not properly shut down; automatic recovery in progress",
  );
});

test("finds a short directory for the socket where the path is too long for one", async () => {
  const dataDir = join(base, "a-rather-long-name-".repeat(6));
  const { connection } = await start(dataDir);
  expect(Buffer.byteLength(connection.host)).toBeLessThan(90);
  expect(statSync(connection.host).mode & 0o777).toBe(0o700);
  expect(await query(connection, "SELECT 1 AS there")).toEqual([{ there: 1 }]);
  const attached = await start(dataDir);
  expect(attached.connection.host).toBe(connection.host);
  await Promise.all(started.map((server) => server.stop()));
  rmSync(connection.host, { recursive: true });
});

test.runIf(process.getuid?.() === 0)(
  "root keeps the cluster elsewhere when its user cannot enter the data directory",
  async () => {
    const closed = join(base, "home");
    mkdirSync(closed, { mode: 0o700 });
    const dataDir = join(closed, "data");
    const first = await start(dataDir);
    expect(first.connection.host).toContain(join(base, "shared"));
    await query(first.connection, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    const second = await start(dataDir);
    expect(await query(second.connection, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  },
);

test("what cannot start says why", async () => {
  const dataDir = join(base, "data");
  const settings = { shared_buffers: "nonsense" };
  await expect(startEmbeddedPostgres({ dataDir, logger, settings })).rejects.toMatchObject({
    code: "STORE_EMBEDDED_SERVER",
    message: expect.stringContaining(join(dataDir, "postgres.log")),
  });
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "17\n");
  await expect(start(dataDir)).rejects.toMatchObject({
    code: "STORE_EMBEDDED_SERVER",
    message: expect.stringContaining("was made by PostgreSQL 17; this is PostgreSQL 18"),
  });
});
