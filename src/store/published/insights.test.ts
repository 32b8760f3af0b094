import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/helpers/database.ts";
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
  let before: number | undefined;
  for (;;) {
    const page = await listInsights(db, { limit: 4, after: before === undefined ? undefined : { before } });
    if (page.length === 0) break;
    heights.push(...page.map((insight) => insight.height));
    before = page.at(-1)?.publishedEventId;
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
