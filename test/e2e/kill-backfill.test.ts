import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import type { ChainEvent } from "#chain";
import { createLogger } from "#lib";
import { backfill, claimChain, type Database } from "#store";
import { chainOf, followChain } from "#ingest";
import { extend } from "../fixtures/small-chain.ts";
import { spawnWorker } from "../helpers/bundle-worker.ts";
import { startCoreNode, withMadeUpCoinHeights } from "../helpers/core-node/index.ts";
import { openTestDatabase } from "../helpers/database.ts";
import { pseudoRandom } from "../helpers/pseudo-random.ts";
import { visibleState } from "../helpers/visible-state.ts";
import { madeUpSource } from "../helpers/made-up-source.ts";

const PROGRAM = fileURLToPath(new URL("../helpers/backfill-worker.ts", import.meta.url));
const KILLS = 2;
const BEGUN = 500;
const CHAIN = withMadeUpCoinHeights(extend([], 550, "first"));
const random = pseudoRandom(404_040);

/** The blocks from a height on, as whoever follows the tip stores them. */
async function follow(db: Database, from: number): Promise<void> {
  const events = CHAIN.slice(from).map((block): ChainEvent => {
    const origin = { block: `block ${block.height}`, spent: `spent outputs of ${block.height}` };
    return { type: "connect", block: { ...block, origin }, tipHeight: CHAIN.length - 1 };
  });
  const source = madeUpSource({
    chainId: NETWORKS.regtest.genesisHash ?? "",
    tipHeight: async () => CHAIN.length - 1,
    async *follow() {
      yield* events;
    },
  });
  await claimChain(db, chainOf(source));
  const logger = createLogger(undefined, "silent");
  await followChain({ source, db, held: [], onStored: () => {}, logger, signal: AbortSignal.timeout(60_000) });
}

function startWorker(order: object, cache: string) {
  const worker = spawnWorker(PROGRAM, order, cache);
  let said = "";
  for (const stream of [worker.stdout, worker.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const exited = once(worker, "exit");
  return {
    expectRunning: (): void => expect(worker.exitCode, said).toBe(null),
    kill: async (): Promise<void> => {
      worker.kill("SIGKILL");
      await exited;
    },
  };
}

test(`a backfill whose workers are killed ${KILLS} times loses no block and doubles none`, async () => {
  const node = await startCoreNode({ network: NETWORKS.regtest, chain: CHAIN, rest: false });
  onTestFinished(() => node.stop());
  const { db, connection } = await openTestDatabase();
  await follow(db, BEGUN);
  const range = { fromHeight: 0, toHeight: BEGUN - 1, only: null, askedBy: "test" };
  const { id } = await backfill.askJob(db, range, { role: "operator", personId: null, address: null, requestId: null });
  // What was sent first is lost on its way, as where the database dies just when it hands it out.
  await backfill.tendJobs(db, async () => {});
  const order = { connection, source: node.source };
  const cache = await mkdtemp(join(tmpdir(), "utxoiq-worker-"));
  const places = new Set<string>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const worker = startWorker(order, cache);
    const before = (await backfill.getJob(db, id)).blocksDone;
    while ((await backfill.getJob(db, id)).blocksDone === before) {
      worker.expectRunning();
      await wait(10);
    }
    await wait(random() * 100);
    await worker.kill();
    const { part, blocksDone, status } = await backfill.getJob(db, id);
    expect(status).toBe("running");
    places.add(`${part} ${blocksDone}`);
  }
  // Otherwise it was killed before it had done anything.
  expect(places.size).toBe(KILLS);

  const last = startWorker(order, cache);
  for (let job = await backfill.getJob(db, id); job.status !== "done"; job = await backfill.getJob(db, id)) {
    expect(job.status, JSON.stringify(job.failure)).toBe("running");
    last.expectRunning();
    await wait(50);
  }
  await last.kill();
  const fresh = await openTestDatabase();
  await follow(fresh.db, 0);
  const [{ insights, ...rows }, { insights: wanted, ...built }] = [
    await visibleState(db),
    await visibleState(fresh.db),
  ];
  expect(rows).toEqual(built);
  expect(insights.map(({ id: insight, blockHash }) => [insight, blockHash])).toEqual(
    wanted.map(({ id: insight, blockHash }) => [insight, blockHash]),
  );
  expect(rows.features.map(({ blockhash }) => blockhash)).toEqual(CHAIN.map(({ hash }) => hash));
}, 120_000);
