/**
 * A process of its own, so that its memory and processor time are its own: does a backfill that was asked for, with so
 * many threads, as the role does. Prints one JSON object.
 */
import { setTimeout as wait } from "node:timers/promises";
import { startBackfillWorkers } from "#jobs";
import { createLogger, instanceName } from "#lib";
import { backfill, openDatabase, type SocketConnection } from "#store";
import { BENCH_SOURCE } from "./backfill-source.ts";

export type PassOrder = {
  readonly connection: SocketConnection;
  readonly folder: string;
  readonly workers: number;
  readonly jobId: number;
};

export type BackfillPass = {
  /** Blocks after the first that were seen to be done; what threads need to begin is not counted. */
  readonly blocks: number;
  readonly seconds: number;
  /** Of all threads meanwhile, the database apart. */
  readonly cpuSeconds: number;
  readonly rssPeakMb: number;
};

function cpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

async function main({ connection, folder, workers, jobId }: PassOrder): Promise<BackfillPass> {
  const logger = createLogger(undefined, "silent");
  const db = await openDatabase({ connection, name: "bench", logger });
  const spec = { kind: "core-files", path: folder } as const;
  const reader = { spec, sourceOptions: BENCH_SOURCE, worker: instanceName() };
  const running = await startBackfillWorkers({ db, connection, logger, workers, reader });
  const look = (): Promise<backfill.BackfillJob> => backfill.getJob(db, jobId);
  let job = await look();
  while (job.blocksTotal === null || (job.part === "features" && job.blocksDone === 0 && job.status !== "failed")) {
    await wait(20);
    job = await look();
  }
  const [began, begun, cpu] = [performance.now(), job.blocksDone, cpuSeconds()];
  while (job.status === "running") {
    await wait(20);
    job = await look();
  }
  if (job.status !== "done") throw new Error(`the backfill ended as ${job.status}: ${job.failure?.message}`);
  const pass = {
    blocks: job.blocksDone - begun,
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: cpuSeconds() - cpu,
    rssPeakMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
  await running.stop();
  await db.destroy();
  return pass;
}

const pass = await main(JSON.parse(process.argv[2] ?? "") as PassOrder);
process.stdout.write(`${JSON.stringify(pass)}\n`);
