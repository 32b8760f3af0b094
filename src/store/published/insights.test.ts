import { expect, test } from "vitest";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { storedBlock, storedChain } from "../../../test/helpers/stored-blocks.ts";
import type { BlockToSave } from "../blocks/block-rows.ts";
import { saveBlocks } from "../blocks/save-blocks.ts";
import type { InsightPlace } from "./insight-query.ts";
import { findInsight, listInsights } from "./insights.ts";
import type { InsightFilter } from "./search/insight-filter.ts";

const { db } = await openTestDatabase();
const blocks = storedChain(25);
await saveBlocks(db, blocks);

test("an insight comes back as it was saved", async () => {
  for (const block of blocks) {
    const [insight] = block.insights;
    expect(await findInsight(db, insight?.id ?? "")).toMatchObject({ ...insight });
  }
  expect(await findInsight(db, "0".repeat(32))).toBeUndefined();
});

test("the list has the newest first, and pages neither repeat nor miss, whatever happens in between", async () => {
  const heights: number[] = [];
  let after: InsightPlace | undefined;
  for (;;) {
    const page = await listInsights(db, { limit: 4, after });
    const last = page.at(-1);
    if (last === undefined) break;
    heights.push(...page.map((insight) => insight.height));
    after = { before: last.publishedEventId, height: last.publishedHeight };
    if (heights.length === 8) await saveBlocks(db, [], [storedBlock(24).header]);
  }
  expect(heights).toEqual(Array.from({ length: 25 }, (_, index) => 24 - index));
});

test("a category lists its own alone", async () => {
  const heights = (await listInsights(db, { limit: 100, filter: { categories: ["mempool"] } })).map(
    (insight) => insight.height,
  );
  expect(heights).toEqual([24, 21, 18, 15, 12, 9, 6, 3, 0]);
  expect(await listInsights(db, { limit: 100, filter: { categories: ["predictive"] } })).toEqual([]);
});

test("by relevance pages neither repeat nor miss, also where few of those with the words are wanted", async () => {
  const heights: number[] = [];
  let after: InsightPlace | undefined;
  for (;;) {
    const filter: InsightFilter = { text: "large transfer", categories: ["mempool"], toHeight: 12 };
    const page = await listInsights(db, { limit: 1, byRelevance: true, filter, after });
    const last = page.at(-1);
    if (last === undefined) break;
    heights.push(last.height);
    after = { before: last.publishedEventId, rank: last.rank ?? undefined };
  }
  // All meet it alike, so the newest come first.
  expect(heights).toEqual([12, 9, 6, 3, 0]);
});

test("what is found in an old block later stands among what was said of old blocks", async () => {
  const id = "f".repeat(32);
  await query(
    db,
    `INSERT INTO insights (id, block_hash, block_height, block_time, kind, category, headline, summary, evidence,
       simulated, published_event_id, published_height)
     SELECT '${id}', block_hash, block_height, block_time, kind, category, headline, summary, evidence,
       simulated, published_event_id + 1000000, published_height FROM insights WHERE block_height = 10`,
  );
  await query(
    db,
    `INSERT INTO insight_statuses (insight_id, block_hash, status, event_id)
     SELECT id, block_hash, 'confirmed', published_event_id FROM insights WHERE id = '${id}'`,
  );
  const listed = await listInsights(db, { limit: 100 });
  expect(listed.map(({ height }) => height).toSorted((left, right) => right - left)).toEqual(
    listed.map(({ height }) => height),
  );
  expect(listed.filter(({ height }) => height === 10).map(({ id }) => id)[0]).toBe(id);
});

test("what is noticed long after it began is on top, and stays there while it goes on", async () => {
  const late = "e".repeat(32);
  const began = storedBlock(3).insights[0];
  /** It grew for twenty blocks before it was worth telling. */
  function growing(height: number): BlockToSave {
    const block = storedBlock(height);
    const updates = block.insights.map((insight) => {
      const blocks = [...(began?.evidence.blocks ?? []), ...insight.evidence.blocks];
      return { ...insight, id: late, evidence: { ...insight.evidence, begins: blocks[0] ?? null, blocks } };
    });
    return { ...block, updates, publishable: new Set([late]) };
  }
  await saveBlocks(db, [storedBlock(24), growing(25)]);
  await saveBlocks(db, [growing(26)]);
  const own = (height: number): string | undefined => storedBlock(height).insights[0]?.id;
  const newest = await listInsights(db, { limit: 4 });
  expect(newest.map(({ id }) => id)).toEqual([own(26), late, own(25), own(24)]);
  expect(newest[1]).toMatchObject({ height: 26, publishedHeight: 25 });
  const [, told] = newest;
  const after = { before: told?.publishedEventId ?? 0, height: told?.publishedHeight };
  expect((await listInsights(db, { limit: 2, after })).map(({ id }) => id)).toEqual([own(25), own(24)]);
  // What was told of a block that left the chain keeps its place on the branch that has it too.
  await saveBlocks(db, [], [storedBlock(26).header]);
  expect((await listInsights(db, { limit: 10 })).map(({ id }) => id).indexOf(late)).toBe(1);
});

test("by relevance insights that went on for long are found once, in whichever of their blocks they stand", async () => {
  const going = (await listInsights(db, { limit: 100, filter: { text: "large transfer", toHeight: 8 } })).map(
    ({ id }) => `'${id}'`,
  );
  // Told in every block: all rows of one meet the words alike, and one of them stands.
  await query(
    db,
    `INSERT INTO insights (id, block_hash, block_height, block_time, kind, category, headline, summary, evidence,
       simulated, published_event_id, published_height)
     SELECT id, hash, block_height, block_time, kind, category, headline, summary, evidence, simulated,
       published_event_id, published_height
     FROM insights, block_headers WHERE id IN (${going.join()}) AND hash <> block_hash`,
  );
  await query(
    db,
    `INSERT INTO insight_documents (insight_id, block_hash, published_event_id, document)
     SELECT insight_id, hash, published_event_id, document FROM insight_documents, block_headers
     WHERE insight_id IN (${going.join()}) AND hash <> block_hash ON CONFLICT DO NOTHING`,
  );
  const all = { byRelevance: true, filter: { text: "large transfer", toHeight: 12 } } as const;
  const found: string[] = [];
  let after: InsightPlace | undefined;
  for (;;) {
    const [one] = await listInsights(db, { ...all, limit: 1, after });
    if (one === undefined) break;
    found.push(one.id);
    after = { before: one.publishedEventId, rank: one.rank ?? undefined };
  }
  expect(found.toSorted()).toEqual((await listInsights(db, { ...all, limit: 100 })).map(({ id }) => id).toSorted());
});
