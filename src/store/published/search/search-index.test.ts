import { beforeAll, expect, test } from "vitest";
import { openTestDatabase, query } from "../../../../test/helpers/database.ts";
import { listInsights } from "../insights.ts";
import { countInsights } from "./count-insights.ts";

const { db } = await openTestDatabase();
const ROWS = 100_000;

/** One in five hundred tells of Kraken, one in a hundred was retracted. */
beforeAll(async () => {
  await query(
    db,
    `INSERT INTO insights (id, block_hash, block_height, block_time, kind, category, headline, summary, confidence,
       evidence, simulated, published_event_id)
     SELECT md5(n::text), sha256(n::text::bytea), n / 10, 1600000000 + n * 60,
       CASE WHEN n % 2000 = 9 THEN 'hash-rate' ELSE (ARRAY['fee-spike', 'inflow-spike', 'large-transfer'])[1 + n % 3] END,
       (ARRAY['mempool', 'exchange', 'whale', 'network'])[1 + n % 4],
       CASE WHEN n % 500 = 0 THEN 'Kraken took in ' ELSE 'Somebody moved ' END || n || ' BTC in a block',
       'That is more than in ' || n % 97 || ' percent of the blocks of two weeks, word' || n % 5000 || '.',
       CASE WHEN n % 3 = 0 THEN (n % 100) / 100.0 END,
       jsonb_build_object('subject', jsonb_build_object('actor', 'Actor ' || n % 200, 'kind', 'exchange'),
         'transactions', jsonb_build_array(jsonb_build_object('txid', encode(sha256(('t' || n)::bytea), 'hex')))),
       true, n
     FROM generate_series(1, ${ROWS}) AS n`,
  );
  await query(
    db,
    `INSERT INTO insight_statuses (insight_id, block_hash, status, event_id)
     SELECT id, block_hash, CASE WHEN published_event_id % 100 = 7 THEN 'retracted' ELSE 'confirmed' END, published_event_id
     FROM insights`,
  );
  await query(db, "ANALYZE insights, insight_statuses");
});

async function planOf(condition: string): Promise<string> {
  const rows = await query(
    db,
    `EXPLAIN SELECT * FROM current_insights WHERE ${condition} ORDER BY published_event_id DESC LIMIT 31`,
  );
  return JSON.stringify(rows);
}

const DOCUMENT = "insight_document(headline, summary, evidence)";

test.each([
  [`${DOCUMENT} @@ to_tsquery('english', 'kraken:*')`, "insights_document"],
  [`${DOCUMENT} @@ websearch_to_tsquery('english', '"kraken took" -word7')`, "insights_document"],
  [`evidence->'transactions' @> '[{"txid": "${"a".repeat(64)}"}]'`, "insights_transactions"],
  [`evidence->'subject'->>'actor' = 'Actor 7'`, "insights_subject"],
  ["kind = ANY ('{hash-rate}')", "insights_kind_published"],
  ["block_height BETWEEN 5000 AND 5010", "insights_block_height"],
])("among 100,000 insights, %s is answered by an index", async (condition, index) => {
  expect(await planOf(condition)).toContain(index);
});

test("what is found is right, and so are the counts", async () => {
  const found = await listInsights(db, { limit: 31, filter: { text: "kraken" } });
  expect(found.map(({ publishedEventId }) => publishedEventId)).toEqual(
    Array.from({ length: 31 }, (_, index) => ROWS - 500 * index),
  );
  const counts = await countInsights(db, { text: "kraken" });
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(ROWS / 500);
  const all = await countInsights(db, {});
  expect(all.filter(({ status }) => status === "retracted").reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
});
