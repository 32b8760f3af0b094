/**
 * A process of its own, so that its memory and processor time are its own: does a backfill that was asked for, with so
 * many threads, as the role does. Prints one JSON object.
 */
import { setTimeout as wait } from "node:timers/promises";
import { startBackfillWorkers } from "#jobs";
import { createLogger, instanceName } from "#lib";
import { backfill, type Database, openDatabase, type SocketConnection } from "#store";
import { query } from "../test/helpers/database.ts";
import { BENCH_SOURCE } from "./backfill-source.ts";

export type PassOrder = {
  readonly connection: SocketConnection;
  readonly folder: string;
  readonly workers: number;
  readonly first: number;
  readonly last: number;
  readonly only: backfill.BackfillPart;
};

export type BackfillPass = {
  /** Blocks after the first that were seen to be done. */
  readonly blocks: number;
  readonly seconds: number;
  /** Of all threads meanwhile, the database apart. */
  readonly cpuSeconds: number;
  readonly rssPeakMb: number;
};

/** Each look costs the database a millisecond or two. */
const LOOK_EVERY_MS = 100;

/** Blocks of a range, so that each worker has had one before it is timed. */
const RANGE_BLOCKS = 100;

const BY = { role: "operator", personId: null, address: null, requestId: null };

function cpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

type Asked = { readonly db: Database; readonly order: PassOrder };

async function ask(
  { db, order: { last, only } }: Asked,
  fromHeight: number,
): Promise<() => Promise<backfill.BackfillJob>> {
  const { id } = await backfill.askJob(db, { fromHeight, toHeight: last, only, askedBy: "bench" }, BY);
  return async () => {
    const job = await backfill.getJob(db, id);
    if (job.failure !== null) throw new Error(`the backfill failed: ${job.failure.message}`);
    return job;
  };
}

/** Threads that have read their labels, and have their code compiled, as they have for most of a long backfill. */
async function warmUp(asked: Asked): Promise<void> {
  const { db, order } = asked;
  const some = Math.max(order.first, order.last + 1 - RANGE_BLOCKS * order.workers);
  const look = await ask(asked, order.only === "features" ? some : order.first);
  while ((await look()).status !== "done") await wait(LOOK_EVERY_MS);
  if (order.only === "signals") return;
  // They are not part of the chain, and are read anew.
  await query(db, "DELETE FROM block_headers WHERE NOT connected");
}

async function time(asked: Asked): Promise<Omit<BackfillPass, "rssPeakMb">> {
  const asking = { began: performance.now(), begun: 0, cpu: cpuSeconds() };
  const look = await ask(asked, asked.order.first);
  let job = await look();
  while (job.blocksTotal === null || job.blocksDone === 0) {
    await wait(LOOK_EVERY_MS);
    job = await look();
  }
  // Signals of so few blocks are one transaction, so what is timed has the second in it that they wait in the queue.
  const isOne = asked.order.only === "signals";
  const { began, begun, cpu } = isOne ? asking : { began: performance.now(), begun: job.blocksDone, cpu: cpuSeconds() };
  // Who asks for what comes next, and whether there is anything, is not what is timed.
  while (job.status === "running" && job.blocksDone < (job.blocksTotal ?? 0)) {
    await wait(LOOK_EVERY_MS);
    job = await look();
  }
  const [seconds, used] = [(performance.now() - began) / 1_000, cpuSeconds() - cpu];
  while ((await look()).status !== "done") await wait(LOOK_EVERY_MS);
  return { blocks: job.blocksDone - begun, seconds, cpuSeconds: used };
}

async function main(order: PassOrder): Promise<BackfillPass> {
  const { connection, folder, workers } = order;
  const logger = createLogger(undefined, "silent");
  const db = await openDatabase({ connection, name: "bench", logger });
  const spec = { kind: "core-files", path: folder } as const;
  const reader = { spec, sourceOptions: BENCH_SOURCE, worker: instanceName() };
  const running = await startBackfillWorkers({ db, connection, logger, workers, reader });
  await warmUp({ db, order });
  const timed = await time({ db, order });
  await running.stop();
  await db.destroy();
  return { ...timed, rssPeakMb: (process.resourceUsage().maxRSS * 1024) / 1e6 };
}

const pass = await main(JSON.parse(process.argv[2] ?? "") as PassOrder);
process.stdout.write(`${JSON.stringify(pass)}\n`);
