import { afterEach, beforeEach, expect, test } from "vitest";
import type { Insight } from "#insights";
import { openModel } from "#language";
import { createLogger } from "#lib";
import { type BlockToSave, findInsight, listEvents, saveBlocks, wordings } from "#store";
import { ChatServer } from "../../../test/helpers/chat-server.ts";
import { emptyDatabase, openTestDatabase } from "../../../test/helpers/database.ts";
import { storedBlock } from "../../../test/helpers/stored-blocks.ts";
import { INSIGHTS } from "../../../test/helpers/verifier/texts.ts";
import { LiveInsights } from "./live-insights.ts";
import { wordLiveInsights } from "./word-live-insights.ts";

const { db, connection } = await openTestDatabase();
const server = await ChatServer.start();
const logger = createLogger(undefined, "silent");
const LAVISH = { requestsPerDay: 100, tokensPerDay: 1_000_000 };

const feeSpike = INSIGHTS.find(({ headline }) => headline.startsWith("Fees rose to 33 sat/vB")) as Insight;
const GOOD = {
  headline: "Fees climbed to 33 sat/vB, about 25 times the usual",
  summary:
    "In the median block from 2,735 to 2,737, half of the weight paid 33 sat/vB or more; 1.3 sat/vB was usual over the half day before. Transactions that pay the earlier level may wait longer.",
};

let stopping = new AbortController();
let working: Promise<void> = Promise.resolve();

beforeEach(async () => {
  await emptyDatabase(db);
  server.asked.length = 0;
  server.reply = () => ({ content: JSON.stringify(GOOD) });
});

afterEach(() => stop());

async function start({ budget = LAVISH, timeoutMs = 5_000 } = {}): Promise<void> {
  stopping = new AbortController();
  const model = await openModel({ name: "compatible:made-up", url: server.url, key: undefined, timeoutMs });
  const insights = await LiveInsights.open(db);
  const { signal } = stopping;
  working = wordLiveInsights({ db, connection, writer: { model, budget }, insights, logger, signal });
}

async function stop(): Promise<void> {
  stopping.abort();
  await working;
}

/** A block of which a fee spike is told. */
function block(
  height: number,
  changed: Partial<BlockToSave> = {},
): BlockToSave & { readonly insights: readonly [Insight] } {
  const plain = { ...storedBlock(height), ...changed };
  const id = height.toString(16).padStart(32, "0");
  return { ...plain, insights: [{ ...feeSpike, id, height, blockHash: plain.header.hash }] };
}

const idAt = (height: number): string => block(height).insights[0].id;

/** Until the requests that were made have come to something, and so many were. */
async function settled(requests: number): Promise<Awaited<ReturnType<typeof wordings.readModelUse>>> {
  return expect
    .poll(
      async () => {
        const use = await wordings.readModelUse(db);
        const { accepted, refused, failed, timedOut, tooLate, overBudget } = use.total;
        return accepted + refused + failed + timedOut + tooLate + overBudget;
      },
      { timeout: 10_000, interval: 20 },
    )
    .toBe(requests)
    .then(() => wordings.readModelUse(db));
}

test("the template is published first, a model's text is an update of it", async () => {
  await start();
  await saveBlocks(db, [block(1)]);
  await settled(1);
  const events = (await listEvents(db, { after: 0, limit: 10 })).map(({ type, insight }) => [type, insight?.wording]);
  expect(events).toEqual([
    ["block.connected", undefined],
    ["insight.published", null],
    ["insight.updated", { model: "compatible:made-up", ...GOOD }],
  ]);
  expect(await findInsight(db, idAt(1))).toMatchObject({ headline: feeSpike.headline, summary: feeSpike.summary });
});

test("a text that evidence does not back is not published, and counted by its reason", async () => {
  server.reply = () => ({ content: JSON.stringify({ ...GOOD, headline: "Fees climbed to 43 sat/vB" }) });
  await start();
  await saveBlocks(db, [block(1)]);
  expect(await settled(1)).toMatchObject({
    total: { asked: 1, accepted: 0, refused: 1 },
    reasons: [{ outcome: "refused", reason: "is a number that nothing backs in this place", count: 1 }],
  });
  expect(await findInsight(db, idAt(1))).toMatchObject({ wording: null });
});

test("history is not worded, nor what was told before, nor a confirmation", async () => {
  await saveBlocks(db, [block(1)]);
  await start();
  await saveBlocks(db, [block(2, { announce: false })]);
  for (const height of [3, 4, 5, 6, 7, 8])
    await saveBlocks(db, [height === 3 ? block(3) : { ...block(height), insights: [] }]);
  await settled(1);
  await expect.poll(async () => (await findInsight(db, idAt(3)))?.status).toBe("confirmed");
  await stop();
  expect(server.asked).toHaveLength(1);
  expect(await findInsight(db, idAt(3))).toMatchObject({ wording: GOOD });
});

test("a model that does not answer delays no block, and the next insight is asked for all the same", async () => {
  let requests = 0;
  server.reply = () => ((requests += 1) === 1 ? { afterMs: 20_000 } : { content: JSON.stringify(GOOD) });
  await start({ timeoutMs: 700 });
  await saveBlocks(db, [block(1)]);
  await expect.poll(() => server.asked.length, { interval: 10 }).toBe(1);
  const startedMs = performance.now();
  await saveBlocks(db, [block(2)]);
  await saveBlocks(db, [block(3)]);
  expect(performance.now() - startedMs).toBeLessThan(600);
  expect(await findInsight(db, idAt(3))).toMatchObject({ status: "preliminary", wording: null });
  expect((await settled(3)).total).toMatchObject({ asked: 3, accepted: 2, timedOut: 1 });
});

test("a server in trouble is asked once for each insight, and its template stands", async () => {
  const statuses = [429, 500];
  server.reply = () => ({ status: statuses[server.asked.length - 1] ?? 503 });
  await start();
  await saveBlocks(db, [block(1), block(2)]);
  expect((await settled(2)).reasons).toEqual([
    { outcome: "failed", reason: "the server answers with HTTP 429", count: 1 },
    { outcome: "failed", reason: "the server answers with HTTP 500", count: 1 },
  ]);
  expect(server.asked).toHaveLength(2);
});

test("a budget that is used up is not passed by starting anew", async () => {
  const budget = { requestsPerDay: 1, tokensPerDay: 1_000_000 };
  await start({ budget });
  await saveBlocks(db, [block(1), block(2)]);
  await settled(2);
  await stop();
  await start({ budget });
  await saveBlocks(db, [block(3)]);
  expect(await settled(3)).toMatchObject({
    today: { requests: 1, tokens: 350 },
    total: { accepted: 1, overBudget: 2 },
  });
  expect(server.asked).toHaveLength(1);
});

test("stopping waits for no reply", async () => {
  server.reply = () => ({ afterMs: 20_000 });
  await start({ timeoutMs: 20_000 });
  await saveBlocks(db, [block(1)]);
  await expect.poll(() => server.asked.length, { interval: 10 }).toBe(1);
  const startedMs = performance.now();
  await stop();
  expect(performance.now() - startedMs).toBeLessThan(3_000);
  expect((await wordings.readModelUse(db)).total).toMatchObject({ asked: 1, accepted: 0, failed: 0 });
});
