import { beforeAll, expect, test } from "vitest";
import { openTestDatabase, query } from "../../../../test/helpers/database.ts";
import { listInsights } from "../insights.ts";
import { countInsights } from "./count-insights.ts";
import { MOST_MATCHES } from "./newest-matches.ts";

const { db } = await openTestDatabase();
const ROWS = 10_000;

/** One in five hundred tells of Kraken, one in a hundred was retracted. */
beforeAll(async () => {
  await query(
    db,
    `INSERT INTO insights (id, block_hash, block_height, block_time, kind, category, headline, summary, confidence,
       evidence, simulated, published_event_id, published_height)
     SELECT md5(n::text), sha256(n::text::bytea), n / 10, 1600000000 + n * 60,
       CASE WHEN n % 2000 = 9 THEN 'hash-rate' ELSE (ARRAY['fee-spike', 'inflow-spike', 'large-transfer'])[1 + n % 3] END,
       (ARRAY['mempool', 'exchange', 'whale', 'network'])[1 + n % 4],
       CASE WHEN n % 500 = 0 THEN 'Kraken took in ' ELSE 'Somebody moved ' END || n || ' BTC in a block',
       'That is more than in ' || n % 97 || ' percent of the blocks of two weeks, word' || n % 5000 || '.',
       CASE WHEN n % 3 = 0 THEN (n % 100) / 100.0 END,
       jsonb_build_object('subject', jsonb_build_object('actor', 'Actor ' || n % 200, 'kind', 'exchange'),
         'transactions', jsonb_build_array(jsonb_build_object('txid', encode(sha256(('t' || n)::bytea), 'hex')))),
       true, n, n / 10
     FROM generate_series(1, ${ROWS}) AS n`,
  );
  await query(
    db,
    `INSERT INTO insight_statuses (insight_id, block_hash, status, event_id)
     SELECT id, block_hash, CASE WHEN published_event_id % 100 = 7 THEN 'retracted' ELSE 'confirmed' END, published_event_id
     FROM insights`,
  );
});

test("what is found is right, and so are the counts", async () => {
  const found = await listInsights(db, { limit: 15, filter: { text: "kraken" } });
  expect(found.map(({ publishedEventId }) => publishedEventId)).toEqual(
    Array.from({ length: 15 }, (_, index) => ROWS - 500 * index),
  );
  const { counts, complete } = await countInsights(db, { text: "kraken" });
  expect(complete).toBe(true);
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(ROWS / 500);
  const { counts: all } = await countInsights(db, {});
  expect(all.filter(({ status }) => status === "retracted").reduce((sum, { count }) => sum + count, 0)).toBe(
    ROWS / 100,
  );
});

test("of a common word the newest are counted and ranked, and it is said that there are more", async () => {
  const { counts, complete } = await countInsights(db, { text: "somebody" });
  expect(complete).toBe(false);
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(MOST_MATCHES);
  const open = await countInsights(db, { text: "somebody", toHeight: 3 });
  expect(open).toEqual({ counts: [], complete: false });
  const best = await listInsights(db, { limit: 100, byRelevance: true, filter: { text: "somebody" } });
  expect(Math.min(...best.map(({ publishedEventId }) => publishedEventId))).toBeGreaterThan(ROWS - 1.01 * MOST_MATCHES);
});

test("an insight that comes to stand otherwise is counted there", async () => {
  await query(
    db,
    `INSERT INTO insight_statuses (insight_id, block_hash, status, event_id)
     SELECT id, block_hash, later.status, published_event_id + 100000 + place FROM insights,
       (VALUES ('preliminary', 1), ('retracted', 2)) AS later (status, place)
     WHERE published_event_id % 10 = 3`,
  );
  const { counts: counted } = await countInsights(db, {});
  const { counts: listed } = await countInsights(db, { fromHeight: 0 });
  const byKey = (counts: typeof counted) =>
    counts
      .map(({ category, kind, status, tenths, count }) => `${category} ${kind} ${status} ${tenths} ${count}`)
      .toSorted();
  expect(byKey(counted)).toEqual(byKey(listed));
  expect(listed.filter(({ status }) => status === "preliminary")).toEqual([]);
});
