import type { Database } from "#store";
import { hashAt } from "./chain-rows.ts";
import { multiplyRow } from "./multiply-row.ts";
import type { StoreSize } from "./store-size.ts";

/** Events have room for so many ids a block. */
const IDS = 4;

/** One block in four has an insight, of which one in a hundred was retracted. */
export async function publishedStatements(
  db: Database,
  size: StoreSize,
  firstTime: number,
): Promise<readonly string[]> {
  const { blocks, interval, predicted } = size;
  const time = `${firstTime} + n * ${interval}`;
  const withInsight = `generate_series(4::bigint, ${blocks}, 4) AS n`;
  const text = `'It will be so after ' || n`;
  const block = `jsonb_build_object('hash', encode(${hashAt("n")}, 'hex'), 'height', n, 'time', ${time})`;
  const evidence = `one.evidence || jsonb_build_object(
    'subject', CASE WHEN n % 8 = 0 THEN jsonb_build_object('actor', 'Actor ' || n / 8 % 500, 'kind', 'exchange') END,
    'claim', CASE WHEN n % 8 = 0 THEN jsonb_build_object('text', ${text}, 'decidedAtHeight', n + 6, 'learntFrom', NULL, 'outcomes', NULL) END,
    'blocks', jsonb_build_array(${block}),
    'transactions', jsonb_build_array(jsonb_build_object('txid', encode(${hashAt("-n * 10 - 1")}, 'hex'),
      'valueSats', 1, 'feeSats', 1, 'toAddress', NULL)))`;
  return [
    `SELECT make_event_partitions(0, 1000 + (${blocks} + 20)::bigint * ${IDS})`,
    await multiplyRow(db, {
      table: "insights",
      source: withInsight,
      columns: {
        id: "md5(n::text)",
        block_hash: hashAt("n"),
        block_height: "n",
        block_time: time,
        kind: "CASE WHEN n % 2000 = 0 THEN 'hash-rate' ELSE (ARRAY['fee-spike', 'inflow-spike', 'large-transfer'])[1 + n / 4 % 3] END",
        category: "(ARRAY['mempool', 'exchange', 'whale', 'network'])[1 + n / 4 % 4]",
        headline: "CASE WHEN n % 2000 = 0 THEN 'Kraken took in ' ELSE 'Somebody moved ' END || n || ' BTC in a block'",
        summary: "'That is more than in ' || n % 97 || ' percent of the blocks of two weeks, word' || n % 5000 || '.'",
        confidence: "CASE WHEN n % 12 = 0 THEN n % 100 / 100.0 END",
        evidence,
        published_event_id: `1000 + n::bigint * ${IDS}`,
        published_height: "n",
      },
    }),
    `INSERT INTO insight_documents
     SELECT id, block_hash, published_event_id, insight_document(headline, summary, evidence) FROM insights
     WHERE block_height > 0`,
    statuses("'preliminary'", "0", 1_000),
    statuses("CASE WHEN block_height % 400 = 4 THEN 'retracted' ELSE 'confirmed' END", String(6 * IDS + 1), 1_000),
    `TRUNCATE insight_tallies; INSERT INTO insight_tallies
     SELECT category, kind, status, floor(confidence * 10)::integer, count(*) FROM current_insights GROUP BY 1, 2, 3, 4`,
    `INSERT INTO events (id, type, block)
     SELECT 1000 + n::bigint * ${IDS} + 2, 'block.connected', ${block} || '{"txs": 5, "medianFeeRate": 2, "pool": null}'
     FROM generate_series(1::bigint, ${blocks}) AS n`,
    `INSERT INTO events (id, type, insight_id, insight_block_hash, status)
     SELECT event_id, 'insight.updated', insight_id, block_hash, status FROM insight_statuses WHERE event_id > 1000`,
    `SELECT setval('event_ids', 1000 + (${blocks} + 10)::bigint * ${IDS})`,
    `INSERT INTO wordings SELECT id, block_hash, 'made:up', headline, summary, published_event_id + 3 FROM insights
     WHERE block_height % 40 = 0 AND block_height > 0`,
    `INSERT INTO wording_requests (insight_id, block_hash, model, day, outcome, reason, tokens)
     SELECT id, block_hash, 'made:up', current_date - block_height / 1000, CASE WHEN block_height % 80 = 0 THEN 'accepted' ELSE 'refused' END,
       CASE WHEN block_height % 80 = 0 THEN NULL ELSE 'number' END, 500 FROM insights
     WHERE block_height % 40 = 0 AND block_height > 0`,
    ...scorecard(blocks, predicted, { text, time }),
    ...feedback(),
    `INSERT INTO briefs (day, published_at, brief)
     SELECT to_char(day, 'YYYY-MM-DD'), extract(epoch FROM day), jsonb_build_object('day', to_char(day, 'YYYY-MM-DD'), 'items', repeat('x', 2000))
     FROM generate_series(to_timestamp(${firstTime}), to_timestamp(${firstTime + blocks * interval}), '1 day') AS day`,
    `INSERT INTO audit_entries (role, action, target) SELECT 'operator', 'made.up', 'row ' || n % 500 FROM generate_series(1, ${Math.min(blocks, 50_000)}) AS n`,
  ];
}

function statuses(status: string, after: string, base: number): string {
  return `INSERT INTO insight_statuses (insight_id, block_hash, status, event_id)
    SELECT id, block_hash, ${status}, ${base} + block_height::bigint * ${IDS} + ${after} FROM insights WHERE block_height > 0`;
}

/** Of each block two forecasts, and a claim where it has an insight with one; those of the last ten are open. */
function scorecard(
  blocks: number,
  predicted: number,
  { text, time }: { text: string; time: string },
): readonly string[] {
  const predictions = `(
    SELECT n, which, row_number() OVER (ORDER BY n, which) AS p, ${time} AS time,
      encode(${hashAt("n")}, 'hex') AS block, md5(n || ' ' || which) AS id,
      (ARRAY['fee-rate', 'exchange-pressure', 'fee-spike'])[which] AS kind, ${text} AS text,
      CASE which WHEN 1 THEN 'within 2 blocks' WHEN 2 THEN 'all exchanges' END AS subject
    FROM generate_series((${blocks - predicted + 1})::bigint, ${blocks}) AS n, generate_series(1, 3) AS which
    WHERE which < 3 OR n % 8 = 0) AS made`;
  const isOpen = `n > ${blocks - 10}`;
  const basics = "'predictionId', id, 'kind', kind, 'height', n, 'blockHash', block, 'time', time";
  return [
    `INSERT INTO scorecard_entries (seq, previous, hash, body)
     SELECT 2 * p - 1, ${hashAt("p")}, ${hashAt("-p")}, jsonb_build_object('type', 'made', ${basics}, 'subject', subject,
       'dueHeight', n + 6, 'live', true, 'calibration', NULL, 'statement', CASE which
         WHEN 3 THEN jsonb_build_object('type', 'claim', 'text', text, 'probability', p % 10 / 10.0, 'score', p % 7)
         ELSE jsonb_build_object('type', 'value', 'unit', 'sat/vB', 'rule', 'Made up.', 'median', 2,
           'intervals', '[{"level": 0.8, "low": 1, "high": 3}]'::jsonb, 'scale', 'octaves', 'base', NULL) END)
     FROM ${predictions}`,
    `INSERT INTO scorecard_entries (seq, previous, hash, body)
     SELECT 2 * p, ${hashAt("p")}, ${hashAt("-p - 1000000000")}, jsonb_build_object('type', 'resolved', ${basics}, 'outcome', CASE which
         WHEN 3 THEN jsonb_build_object('type', 'claim', 'came', p % 3 = 0) ELSE '{"type": "value", "value": 2}'::jsonb END,
       'score', '{"intervals": [{"level": 0.8, "covered": true, "width": 1, "winkler": 1}]}'::jsonb)
     FROM ${predictions} WHERE NOT ${isOpen}`,
    `INSERT INTO predictions (id, made_seq, seq, state, kind, subject, height, live, resolved_height)
     SELECT id, 2 * p - 1, CASE WHEN ${isOpen} THEN 2 * p - 1 ELSE 2 * p END, CASE WHEN ${isOpen} THEN 'open' ELSE 'resolved' END,
       kind, subject, n, true, CASE WHEN NOT ${isOpen} THEN n + 6 END FROM ${predictions}`,
    "SELECT refresh_prediction_sums(ARRAY(SELECT DISTINCT height / 32 FROM predictions))",
  ];
}

function feedback(): readonly string[] {
  const newest = "(SELECT id, block_height FROM insights ORDER BY published_event_id DESC LIMIT 2000) AS insight";
  // Of a few hundred, who each say something now and then.
  const person = "'person ' || (block_height / 4 + n) % 400";
  return [
    `INSERT INTO insight_ratings (insight_id, person_id, stars) SELECT id, ${person}, 1 + n % 5 FROM ${newest}, generate_series(1, 10) AS n`,
    `INSERT INTO insight_comments (insight_id, person_id, text) SELECT id, ${person}, 'Made up' FROM ${newest}, generate_series(1, 4) AS n`,
    "INSERT INTO comment_moderations (comment_id, hidden) SELECT id, true FROM insight_comments WHERE id % 10 = 0",
    `INSERT INTO insight_flags (insight_id, person_id, reason) SELECT id, ${person}, 'spam' FROM ${newest}, generate_series(1, 2) AS n`,
  ];
}
