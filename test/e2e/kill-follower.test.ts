import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type Database, getCursor, listEvents } from "#store";
import { bundleWorker, spawnWorker } from "../helpers/bundle-worker.ts";
import type { CoreNode } from "../helpers/core-node/index.ts";
import { openTestDatabase, type TestDatabase } from "../helpers/database.ts";
import { startMovingNode } from "../helpers/moving-node.ts";
import { pseudoRandom } from "../helpers/pseudo-random.ts";
import { listen } from "../helpers/heard-insights.ts";
import { visibleState } from "../helpers/visible-state.ts";

const KILLS = 100;
const HISTORY = 170;
/** While a worker lives. On a slow machine the chain would otherwise outgrow the subsidy that its coinbases take. */
const MOVES = 12;

const random = pseudoRandom(818_038);

type Worker = ReturnType<typeof startWorker>;

function startWorker(program: string, { source }: CoreNode, { connection }: TestDatabase) {
  const worker = spawnWorker(program, { connection, source });
  let said = "";
  for (const stream of [worker.stdout, worker.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const exited = once(worker, "exit");
  const expectRunning = (): void => expect(worker.exitCode, said).toBe(null);
  return {
    expectRunning,
    /** Until it says so, moving the tip meanwhile. */
    until: async (word: "following" | "stored", meanwhile: () => void): Promise<void> => {
      while (!said.includes(word)) {
        expectRunning();
        await wait(40);
        if (said.includes("following")) meanwhile();
      }
    },
    kill: async (): Promise<void> => {
      worker.kill("SIGKILL");
      await exited;
    },
  };
}

/** A worker that ends has failed; how long it takes is not what is tested here. */
async function untilStored(worker: Worker, db: Database, hash: string | undefined): Promise<void> {
  while ((await getCursor(db))?.hash !== hash) {
    worker.expectRunning();
    await wait(20);
  }
}

/** What was told of blocks: each that is undone is the newest that was connected and not undone. */
async function expectFitting(db: Database): Promise<void> {
  const told: (string | undefined)[] = [];
  for (const { type, block } of await listEvents(db, { after: 0, limit: 100_000 })) {
    if (type === "block.connected") told.push(block?.hash);
    // The oldest are not announced.
    if (type === "block.disconnected" && told.length > 0) expect(block?.hash).toBe(told.pop());
  }
}

test(`a follower that is killed ${KILLS} times loses no block and doubles none`, async () => {
  const program = await bundleWorker("follow-worker.ts");
  const { node, move, allowMoves, chain, reorgs } = await startMovingNode({ history: HISTORY, random });
  onTestFinished(() => node.stop());
  const live = await openTestDatabase();
  const first = startWorker(program, node, live);
  await untilStored(first, live.db, chain().at(-1)?.hash);
  await first.kill();
  const cursors = new Set<string>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const worker = startWorker(program, node, live);
    allowMoves(MOVES);
    // Half of them on their way to the tip, half while they follow it.
    await worker.until(kill % 2 === 0 ? "following" : "stored", move);
    for (const until = Date.now() + random() * 150; Date.now() < until; await wait(random() * 30)) move();
    await worker.kill();
    cursors.add((await getCursor(live.db))?.hash ?? "none");
    allowMoves(1);
    move();
  }
  // Otherwise it was killed before it had done anything.
  expect(cursors.size).toBeGreaterThan(KILLS / 3);
  expect(reorgs()).toBeGreaterThan(20);

  const last = startWorker(program, node, live);
  await untilStored(last, live.db, chain().at(-1)?.hash);
  await last.kill();
  const fresh = await openTestDatabase();
  const builder = startWorker(program, node, fresh);
  await untilStored(builder, fresh.db, chain().at(-1)?.hash);
  await builder.kill();

  const state = await visibleState(live.db);
  const built = await visibleState(fresh.db);
  expect(state).toEqual(built);
  const stored = state.features.map(({ blockhash }) => blockhash);
  expect(stored).toEqual(chain().map(({ hash }) => hash));
  const standing = state.insights.map(({ id, blockHash }) => [id, blockHash] as const);
  const heard = [...(await listen(live.db))].filter(([, where]) => where !== "retracted");
  expect(new Map(heard)).toEqual(new Map(standing));
  await expectFitting(live.db);
}, 600_000);
