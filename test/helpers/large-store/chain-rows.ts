import { METRICS } from "#features";
import type { Database } from "#store";
import { BUSY_ACTORS, OTHER_ACTORS, type StoreSize } from "./store-size.ts";
import { multiplyRow } from "./multiply-row.ts";

/** Of a made-up block, or anything else that has a number. */
export const hashAt = (height: string): string => `sha256(int8send((${height})::bigint))`;

const KIND = "(ARRAY['exchange', 'service', 'pool', 'custodian'])[1 + actor % 4]";

/** Derived rows of blocks 1 to `blocks`; block 0 is stored. */
export async function chainStatements(db: Database, size: StoreSize, firstTime: number): Promise<readonly string[]> {
  const { blocks, interval } = size;
  const time = `${firstTime} + n * ${interval}`;
  const all = `generate_series(1::bigint, ${blocks}) AS n`;
  return [
    await multiplyRow(db, {
      table: "block_headers",
      source: all,
      columns: { hash: hashAt("n"), height: "n", prev_hash: hashAt("n - 1"), time },
    }),
    `UPDATE cursor SET height = ${blocks}, hash = ${hashAt(String(blocks))}`,
    await multiplyRow(db, {
      table: "block_features",
      source: all,
      columns: {
        blockhash: hashAt("n"),
        height: "n",
        time,
        mediantime: `${time} - 3000`,
        pool_name: "'Pool ' || n % 20",
        pool_by: "'tag'",
        totalfee: "5000000 + n % 1000 * 10000",
      },
    }),
    // Two blocks of three have some, as in the years in which 100 BTC are much.
    await multiplyRow(db, {
      table: "transfers",
      source: `generate_series(1::bigint, ${blocks}) AS n, generate_series(1, n % 3) AS i`,
      columns: {
        blockhash: hashAt("n"),
        tx_index: "i * 7",
        txid: hashAt("-n * 10 - i"),
        // One in a thousand moves 10,000 BTC and more.
        value: "CASE WHEN n % 1000 = 1 THEN 1000000000000 ELSE 10000000000 + n % 100 * 500000000 END",
        watched: "n % 5000 = 1",
      },
    }),
    await multiplyRow(db, {
      table: "transfer_parties",
      source: "(SELECT blockhash AS hash, tx_index AS i FROM transfers WHERE tx_index % 7 = 0) AS transfer",
      columns: { blockhash: "hash", tx_index: "i", from_actor: "'Actor ' || i" },
    }),
    await multiplyRow(db, { table: "block_flows", source: all, columns: { blockhash: hashAt("n") } }),
    await multiplyRow(db, {
      table: "signals",
      source: `generate_series(2::bigint, ${blocks}, 2) AS n`,
      columns: {
        blockhash: hashAt("n"),
        ordinal: "0",
        height: "n",
        kind: "(ARRAY['fee-spike', 'inflow-spike', 'large-transfer', 'hash-rate'])[1 + n / 2 % 4]",
        surprise_percentile: "99 + n % 1000 / 1000.0",
        detail: `jsonb_set(one.detail, '{subject}', CASE WHEN n % 3 = 0 THEN 'null' ELSE
          jsonb_build_object('actor', 'Actor ' || n % 500, 'kind', 'exchange') END)`,
      },
    }),
    "UPDATE row_counts SET count = (SELECT count(*) FROM signals) WHERE counted = 'signals'",
    `INSERT INTO block_low_rates SELECT ${hashAt("n")}, 1 + n % 50 FROM ${all}`,
    ...rollupStatements(size, firstTime),
  ];
}

/**
 * Flows of the same blocks, and the labels that they are by. Keys are made when the rows are there: of 20 million rows that
 * takes a third of the time. What is emptied in the same transaction is written into no log.
 */
export function flowStatements({ blocks, flowsPerBlock }: StoreSize): readonly string[] {
  const other = `${BUSY_ACTORS} + i + ${flowsPerBlock} * (n * 7919 % ${Math.floor(OTHER_ACTORS / flowsPerBlock)})`;
  return [
    "ALTER TABLE entity_flows DROP CONSTRAINT entity_flows_pkey; DROP INDEX entity_flows_actor",
    `TRUNCATE entity_flows;
     INSERT INTO entity_flows
     SELECT ${hashAt("n")}, 0, 'Actor ' || actor, ${KIND}, 1000000 * (1 + n % 977), 1000000 * (1 + n % 991), 5, 0, 7, 0, 3, 2, 1
     FROM generate_series(1::bigint, ${blocks}) AS n, generate_series(1, ${flowsPerBlock}) AS i,
       LATERAL (SELECT CASE WHEN i <= ${BUSY_ACTORS} THEN i ELSE ${other} END AS actor) AS taking`,
    `ALTER TABLE entity_flows ADD CONSTRAINT entity_flows_pkey PRIMARY KEY (blockhash, label_version, actor, kind);
     CREATE INDEX entity_flows_actor ON entity_flows (actor, kind, label_version)`,
    "INSERT INTO label_versions (version, files, added, changed, removed) VALUES (1, '{large}', 0, 0, 0)",
    `INSERT INTO label_entities (actor, kind)
     SELECT 'Actor ' || actor, ${KIND} FROM generate_series(1, ${BUSY_ACTORS + OTHER_ACTORS}) AS actor`,
    // Busy ones have most.
    `INSERT INTO labels (target, is_tag, category, label, source, abuse, confidence, file, entity_id, version_from)
     SELECT ${hashAt("n")}, false, '', '', '', '', '', 'large', 1 + CASE WHEN n % 2 = 0 THEN n % ${BUSY_ACTORS} ELSE n % ${OTHER_ACTORS} END, 1
     FROM generate_series(1, ${Math.min(blocks, 200_000)}) AS n`,
  ];
}

/** Hours and days of all blocks, as they would be computed of them. */
function rollupStatements(
  { blocks, interval, flowsPerBlock, hourDays, metrics }: StoreSize,
  firstTime: number,
): readonly string[] {
  const lastTime = firstTime + blocks * interval;
  const hoursFrom = Math.max(firstTime, lastTime - hourDays * 86_400);
  const spans = `(VALUES ('hour', 3600, ${hoursFrom}), ('day', 86400, ${firstTime})) AS span (resolution, seconds, since),
    LATERAL generate_series(since::bigint / seconds * seconds, ${lastTime}, seconds) AS start`;
  const names = [...METRICS.keys()]
    .slice(0, metrics)
    .map((name) => `('${name}')`)
    .join(", ");
  // Of an hour the busy ones and a few more, of a day a multiple.
  const taking = `CASE resolution WHEN 'hour' THEN ${flowsPerBlock} ELSE ${flowsPerBlock * 6} END`;
  return [
    "DELETE FROM stale_rollups",
    "ALTER TABLE rollups DROP CONSTRAINT rollups_pkey; ALTER TABLE entity_rollups DROP CONSTRAINT entity_rollups_pkey",
    `INSERT INTO rollups SELECT metric, resolution, start, greatest(1, seconds / ${interval}), start % 977, 1, start % 977, start % 97
     FROM ${spans}, (VALUES ${names}) AS known (metric)`,
    `INSERT INTO entity_rollups
     SELECT DISTINCT ON (actor, start, resolution) 'Actor ' || actor, ${KIND}, resolution, start, 1e6 * (start % 977), 1e6 * (start % 991), 0, 3, 2
     FROM ${spans}, generate_series(1, ${taking}) AS i,
       LATERAL (SELECT CASE WHEN i <= ${BUSY_ACTORS} THEN i
         ELSE ${BUSY_ACTORS} + (start / 3600 * 7919 + i * 13) % ${OTHER_ACTORS} END AS actor) AS taking`,
    `INSERT INTO pool_rollups
     SELECT pool_name, time / 86400 * 86400, count(*), count(*), sum(totalfee), 0 FROM block_features GROUP BY 1, 2`,
    `ALTER TABLE rollups ADD PRIMARY KEY (metric, resolution, start);
     ALTER TABLE entity_rollups ADD PRIMARY KEY (actor, kind, resolution, start)`,
  ];
}
