import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createLogger, invariant } from "#lib";
import { backfill, type Database, embedded, getCursor, openDatabase, type SocketConnection } from "#store";
import { query } from "../helpers/database.ts";
import { freePort } from "../helpers/free-port.ts";
import { type MovingNode } from "../helpers/moving-node.ts";
import { type Program, startProgram } from "../helpers/running-program.ts";
import { redisIsInstalled, type RedisServer, redisServer } from "../helpers/redis-process.ts";
import type { Ground } from "./ground.ts";
import { SupervisedProgram } from "./supervised-program.ts";

/** Blocks that are followed at first; what lies below is left to backfills. */
const FOLLOWED_AT_FIRST = 150;

/** Something that has not come back in so long never will. */
const GIVE_UP_MS = 180_000;

const logger = createLogger(undefined, "silent");

/**
 * The program as somebody runs it: one process that follows, with the embedded server and scheduled backups, one that
 * backfills, and one that answers, which remembers answers in Redis where that is installed.
 */
export type House = {
  readonly ground: Ground;
  readonly node: MovingNode;
  readonly connection: SocketConnection;
  readonly db: Database;
  readonly follower: SupervisedProgram;
  readonly backfiller: SupervisedProgram;
  readonly api: SupervisedProgram;
  /** Of the one that answers. */
  readonly port: number;
  readonly redis: RedisServer | undefined;
};

/** How the program reaches the embedded server that another process has started. */
function urlOf({ host, port, user, database }: SocketConnection): string {
  return `postgres://${user}@${encodeURIComponent(host)}:${port}/${database}`;
}

export async function openHouse(ground: Ground, node: MovingNode): Promise<House> {
  const common = commonFlags(node);
  const redis = redisIsInstalled ? redisServer() : undefined;
  const history = ["--history-blocks", String(FOLLOWED_AT_FIRST)];
  const follower = new SupervisedProgram([
    "start",
    ...common,
    ...history,
    "--roles",
    "ingest",
    "--data",
    ground.dataDir,
    "--backup-to",
    scheduledBackups(ground),
  ]);
  follower.start();
  try {
    await follower.says(/ready in/);
    // The follower has the server, so this is attached to it.
    const { connection, owned } = await embedded.startEmbeddedPostgres({ dataDir: ground.dataDir, logger });
    invariant(!owned, "the database is the follower's");
    const db = await openDatabase({ connection, name: "chaos", logger, poolSize: 3 });
    const elsewhere = ["--data", join(ground.place, "backfiller"), "--database-url", urlOf(connection)];
    const backfiller = new SupervisedProgram([
      "start",
      ...common,
      "--roles",
      "backfill",
      "--workers",
      "2",
      ...elsewhere,
    ]);
    const port = await freePort();
    const remembering = redis === undefined ? [] : ["--redis-url", redis.url];
    const answering = ["--roles", "api", "--port", String(port), ...remembering];
    const apart = ["--data", join(ground.place, "api"), "--database-url", urlOf(connection)];
    const api = new SupervisedProgram(["start", ...common, ...answering, ...apart]);
    const house = { ground, node, connection, db, follower, backfiller, api, port, redis };
    await followed(house);
    await redis?.start();
    backfiller.start();
    api.start();
    await answers(house);
    return house;
  } catch (error) {
    await follower.stop();
    await redis?.remove();
    throw error;
  }
}

/** What every command is told. */
export function commonFlags({ node }: MovingNode): readonly string[] {
  return ["--source", node.source, "--network", "regtest", "--log-level", "silent"];
}

/** Of the follower. */
export function scheduledBackups({ place }: Ground): string {
  return join(place, "scheduled");
}

export async function closeHouse({ db, follower, backfiller, api, redis }: House): Promise<void> {
  await db.destroy();
  await Promise.all([backfiller.stop(), api.stop()]);
  await redis?.remove();
  await follower.stop();
}

/** Asks again and again until there is an answer; a database that does not answer is no answer. */
export async function until<Result>(what: string, ask: () => Promise<Result | undefined>): Promise<Result> {
  const deadline = performance.now() + GIVE_UP_MS;
  for (;;) {
    let reason = "it is not so";
    try {
      const result = await ask();
      if (result !== undefined) return result;
    } catch (error) {
      reason = String(error);
    }
    if (performance.now() > deadline) throw new Error(`${what} did not come in ${GIVE_UP_MS / 1_000} s: ${reason}`);
    await wait(20);
  }
}

/** The tip of the node is stored. */
export async function followed({ db, node }: House): Promise<void> {
  await until("the tip of the node", async () => {
    const cursor = await getCursor(db);
    return cursor?.hash === node.chain().at(-1)?.hash || undefined;
  });
}

/** Whoever asks is told of the node's tip, and of no other. */
export async function answers({ node, port }: House): Promise<void> {
  await until("an answer with the tip", async () => {
    // Not so often that it would be told to ask less.
    await wait(100);
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/blocks?pageSize=1`);
    const { blocks } = (await response.json()) as { blocks: readonly { hash: string }[] };
    return blocks[0]?.hash === node.chain().at(-1)?.hash || undefined;
  });
}

/** The backfill has done something that it had not when it was asked first, or there is nothing to do. */
export async function backfillGoesOn({ db }: House): Promise<void> {
  const placeOf = ({ id, part, blocksDone, status }: backfill.BackfillJob): string =>
    `${id} ${part} ${blocksDone} ${status}`;
  const first = await until("a backfill", async () => (await backfill.listJobs(db, 1))[0]);
  if (first.status !== "running" && first.status !== "queued") return;
  await until("progress of the backfill", async () => {
    const [job] = await backfill.listJobs(db, 1);
    return (job !== undefined && placeOf(job) !== placeOf(first)) || undefined;
  });
}

const BY = { role: "operator", personId: null, address: null, requestId: null };

/** Sees to it that there is a backfill: below what is stored while there is something, then of stored blocks anew. */
export async function askForMore({ db }: House, random: () => number): Promise<void> {
  const [newest] = await backfill.listJobs(db, 1);
  if (newest !== undefined && newest.status !== "done") {
    if (newest.status === "failed") throw new Error(`a backfill failed: ${newest.failure?.message}`);
    return;
  }
  const stored = await backfill.findSpan(db);
  if (stored === undefined) return;
  const blocks = 60 + Math.floor(random() * 120);
  const below = stored.first > 0;
  const fromHeight = below
    ? Math.max(0, stored.first - blocks)
    : Math.floor(random() * Math.max(1, stored.last - 20 - blocks));
  const toHeight = below ? undefined : fromHeight + blocks - 1;
  await backfill.askJob(db, { fromHeight, toHeight, only: null, askedBy: "chaos" }, BY);
}

/** Rows of two years ago, which are to go. */
export async function storeOldRows({ db }: House): Promise<void> {
  await query(
    db,
    `INSERT INTO system_metrics (at, instance, rss_bytes, heap_bytes, cpu_share, loop_delay_p99_ms, database_ms, database_bytes, requests, stream_clients)
     SELECT now() - interval '2 years' + n * interval '1 s', 'chaos', 1, 1, 0, 0, 0, 0, 0, 0 FROM generate_series(1, 30000) AS n`,
  );
  await query(
    db,
    `INSERT INTO commands (kind, arguments, actor, state, asked_at, take_by)
     SELECT 'source.test', '{}', 'chaos', 'expired', now() - interval '2 years', now() - interval '2 years' FROM generate_series(1, 10000)`,
  );
  await query(
    db,
    `INSERT INTO denials (hour, address, role, person_id, route, code, count, first_at, last_at)
     SELECT now() - interval '2 years' + n * interval '1 s', '192.0.2.1', 'guest', '', 'GET /', 'CHAOS', 1, now(), now() FROM generate_series(1, 10000) AS n
     ON CONFLICT DO NOTHING`,
  );
}

export async function countOldRows({ db }: House): Promise<number> {
  const rows = await query(
    db,
    `SELECT ((SELECT count(*) FROM system_metrics WHERE at < now() - interval '1 year')
       + (SELECT count(*) FROM commands WHERE asked_at < now() - interval '1 year')
       + (SELECT count(*) FROM denials WHERE hour < now() - interval '1 year'))::integer AS n`,
  );
  return (rows[0] as { n: number }).n;
}

/** `utxoiq backup` beside what runs, restored beside to see that it is whole. */
export function startBackup({ ground, node }: House): Program {
  const to = join(ground.place, "backups");
  return startProgram("backup", ...commonFlags(node), "--data", ground.dataDir, "--to", to, "--keep", "2");
}
