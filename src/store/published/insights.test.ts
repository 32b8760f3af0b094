import { expect, test } from "vitest";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { storedBlock, storedChain } from "../../../test/helpers/stored-blocks.ts";
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
    after = { before: last.publishedEventId, height: last.beginHeight };
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
       simulated, published_event_id)
     SELECT '${id}', block_hash, block_height, block_time, kind, category, headline, summary, evidence,
       simulated, published_event_id + 1000000 FROM insights WHERE block_height = 10`,
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
