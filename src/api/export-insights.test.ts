import { beforeAll, expect, test } from "vitest";
import { claimChain, listInsights, saveBlocks } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { multiplyRow } from "../../test/helpers/large-store/multiply-row.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { exportInsights } from "./export-insights.ts";

const { db } = await openTestDatabase();

/** Pages of an export and some, so many of one height that a page ends among them. */
const INSIGHTS = 1_203;

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, [storedBlock(1)]);
  const copies = `generate_series(1, ${INSIGHTS - 1}) AS n`;
  const columns = { id: "md5(n::text)", published_height: "1000 - n / 7", published_event_id: "1000 + n" };
  await query(db, await multiplyRow(db, { table: "insights", source: copies, columns }));
  await query(
    db,
    `INSERT INTO insight_statuses (insight_id, block_hash, status, event_id)
     SELECT id, block_hash, 'confirmed', published_event_id FROM insights WHERE published_event_id > 1000`,
  );
});

test.each(["ndjson", "json", "csv"] as const)(
  "as %s each insight is exported once, in the order of lists",
  async (format) => {
    const all = await listInsights(db, { limit: 2 * INSIGHTS });
    expect(all).toHaveLength(INSIGHTS);
    let text = "";
    for await (const part of exportInsights(db, {}, format).text()) text += part;
    const found = {
      ndjson: () =>
        text
          .trim()
          .split("\n")
          .map((row) => JSON.parse(row).id as string),
      json: () => (JSON.parse(text) as { id: string }[]).map(({ id }) => id),
      csv: () => [...text.matchAll(/^([0-9a-f]{32}),/gm)].map(([, id]) => id),
    }[format]();
    expect(found).toEqual(all.map(({ id }) => id));
  },
);
