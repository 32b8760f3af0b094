import { beforeEach, expect, test } from "vitest";
import { emptyDatabase, openTestDatabase, query } from "../../../test/helpers/database.ts";
import { storedBlock } from "../../../test/helpers/stored-blocks.ts";
import type { BlockToSave } from "../blocks/index.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import { findInsight, listEvents, listInsights } from "../published/index.ts";
import { closeWordingRequest, openWordingRequest, readModelUse, saveWording } from "./index.ts";

const { db } = await openTestDatabase();
const WORDING = { model: "compatible:made-up", headline: "A headline", summary: "A summary." };
const LAVISH = { requestsPerDay: 1_000, tokensPerDay: 1_000_000 };

beforeEach(() => emptyDatabase(db));

function insightOf(block: BlockToSave) {
  const [insight] = block.insights;
  if (insight === undefined) throw new Error("the block has no insight");
  return insight;
}

async function open(block: BlockToSave, budget = LAVISH) {
  const { id, blockHash } = insightOf(block);
  return openWordingRequest(db, { id, blockHash, model: WORDING.model, budget });
}

async function word(block: BlockToSave): Promise<boolean> {
  const request = await open(block);
  if (request === undefined) throw new Error("it was asked for before");
  return saveWording(db, { requestId: request.id, insight: insightOf(block), wording: WORDING, tokens: 350 });
}

test("a model's text is told as an update, beside the template's, from its event on", async () => {
  const block = storedBlock(1);
  await saveBlocks(db, [block]);
  const before = await findInsight(db, insightOf(block).id);
  expect(before?.wording).toBeNull();
  expect(await word(block)).toBe(true);
  const after = await findInsight(db, insightOf(block).id);
  expect(after).toEqual({ ...before, wording: WORDING, eventId: after?.eventId });
  expect(after?.eventId).toBeGreaterThan(before?.eventId ?? Infinity);
  expect(await listInsights(db, { limit: 5 })).toEqual([{ ...after, rank: null }]);

  const events = (await listEvents(db, { after: 0, limit: 10 })).filter(({ insight }) => insight !== null);
  expect(events.map(({ type, insight }) => [type, insight?.wording])).toEqual([
    ["insight.published", null],
    ["insight.updated", WORDING],
  ]);
});

test("what stands is confirmed and retracted with its text, and keeps its status when it is worded", async () => {
  const blocks = [1, 2, 3, 4, 5, 6, 7].map((height) => storedBlock(height));
  const [first] = blocks as [BlockToSave];
  await saveBlocks(db, blocks);
  await word(first);
  expect(await findInsight(db, insightOf(first).id)).toMatchObject({ status: "confirmed", wording: WORDING });
  const last = blocks.at(-1) as BlockToSave;
  await word(last);
  await saveBlocks(db, [], [last.header]);
  expect(await findInsight(db, insightOf(last).id)).toMatchObject({ status: "retracted", wording: WORDING });
});

test("a text that comes after its insight was retracted, or moved to another block, is not published", async () => {
  const blocks = [storedBlock(1), storedBlock(2)] as const;
  await saveBlocks(db, blocks);
  const request = await open(blocks[1]);
  await saveBlocks(db, [], [blocks[1].header]);
  const late = { requestId: request?.id ?? 0, insight: insightOf(blocks[1]), wording: WORDING, tokens: 350 };
  expect(await saveWording(db, late)).toBe(false);

  const other = storedBlock(2, { branch: "other", parent: "main" });
  await saveBlocks(db, [other]);
  expect(insightOf(other).id).toBe(insightOf(blocks[1]).id);
  expect(await saveWording(db, late)).toBe(false);
  expect(await findInsight(db, insightOf(other).id)).toMatchObject({ status: "preliminary", wording: null });
  expect((await readModelUse(db)).total).toMatchObject({ asked: 1, accepted: 0, tooLate: 1 });

  expect(await word(other)).toBe(true);
  expect(await findInsight(db, insightOf(other).id)).toMatchObject({ blockHash: other.header.hash, wording: WORDING });
});

test("an insight in a block is asked for once, whatever came of it", async () => {
  const block = storedBlock(1);
  await saveBlocks(db, [block]);
  const request = await open(block);
  expect(await open(block)).toBeUndefined();
  await closeWordingRequest(db, request?.id ?? 0, { outcome: "failed", reason: "HTTP 500", tokens: 0 });
  expect(await open(block)).toBeUndefined();
});

test("a day's budget of requests or of tokens is not passed, and begins anew with the day", async () => {
  const blocks = [1, 2, 3, 4, 5].map((height) => storedBlock(height)) as [
    BlockToSave,
    BlockToSave,
    BlockToSave,
    BlockToSave,
    BlockToSave,
  ];
  await saveBlocks(db, blocks);
  const two = { requestsPerDay: 2, tokensPerDay: 1_000 };
  const first = await open(blocks[0], two);
  expect(first?.isWithinBudget).toBe(true);
  expect((await open(blocks[1], two))?.isWithinBudget).toBe(true);
  expect((await open(blocks[2], two))?.isWithinBudget).toBe(false);
  await closeWordingRequest(db, first?.id ?? 0, { outcome: "refused", reason: "is a name", tokens: 1_000 });
  expect((await open(blocks[3], { ...two, requestsPerDay: 100 }))?.isWithinBudget).toBe(false);
  expect(await readModelUse(db)).toMatchObject({ today: { requests: 2, tokens: 1_000 }, total: { overBudget: 2 } });

  await query(db, "UPDATE wording_requests SET day = day - 1");
  expect((await open(blocks[4], two))?.isWithinBudget).toBe(true);
  expect(await readModelUse(db)).toMatchObject({ today: { requests: 1, tokens: 0 }, total: { asked: 3 } });
});

test("what came of requests is counted, with the reasons", async () => {
  const blocks = [1, 2, 3, 4, 5].map((height) => storedBlock(height));
  await saveBlocks(db, blocks);
  const closings = [
    { outcome: "refused", reason: "is a word that no insight needs", tokens: 350 },
    { outcome: "refused", reason: "is a word that no insight needs", tokens: 350 },
    { outcome: "timed-out", reason: "no reply within 20 s", tokens: 0 },
    { outcome: "failed", reason: "the server answers with HTTP 429", tokens: 0 },
  ] as const;
  for (const [index, closing] of closings.entries()) {
    const request = await open(blocks[index] as BlockToSave);
    await closeWordingRequest(db, request?.id ?? 0, closing);
  }
  await word(blocks[4] as BlockToSave);
  expect(await readModelUse(db)).toEqual({
    today: { requests: 5, tokens: 1_050 },
    total: { asked: 5, accepted: 1, refused: 2, failed: 1, timedOut: 1, tooLate: 0, overBudget: 0 },
    reasons: [
      { outcome: "refused", reason: "is a word that no insight needs", count: 2 },
      { outcome: "timed-out", reason: "no reply within 20 s", count: 1 },
      { outcome: "failed", reason: "the server answers with HTTP 429", count: 1 },
    ],
  });
});

test("what a model wrote cannot be changed afterwards", async () => {
  const block = storedBlock(1);
  await saveBlocks(db, [block]);
  await word(block);
  await expect(query(db, "UPDATE wordings SET headline = 'x'")).rejects.toThrow("append-only");
  await expect(query(db, "DELETE FROM wordings")).rejects.toThrow("append-only");
});
