-- What is asked for often is found without reading all that is stored (src/store/query-plans.test.ts).
CREATE INDEX predictions_made ON predictions (made_seq);
CREATE INDEX transfers_value ON transfers (value);

-- What exchanges received and spent in a block, all of them together: the sums of its rows in entity_flows.
ALTER TABLE block_flows
  ADD COLUMN exchange_inflow bigint NOT NULL DEFAULT 0,
  ADD COLUMN exchange_outflow bigint NOT NULL DEFAULT 0;
UPDATE block_flows SET exchange_inflow = flow.inflow, exchange_outflow = flow.outflow
FROM (SELECT blockhash, label_version, sum(inflow) AS inflow, sum(outflow) AS outflow
      FROM entity_flows WHERE kind = 'exchange' GROUP BY blockhash, label_version) AS flow
WHERE flow.blockhash = block_flows.blockhash AND flow.label_version = block_flows.label_version;
ALTER TABLE block_flows ALTER COLUMN exchange_inflow DROP DEFAULT, ALTER COLUMN exchange_outflow DROP DEFAULT;

-- Who mined a day's connected blocks; rolled up with the day.
CREATE TABLE pool_rollups (
  -- Null: nobody is known to have mined these.
  pool text,
  start bigint NOT NULL,
  blocks integer NOT NULL CHECK (blocks > 0),
  -- Blocks whose fees are known, and the sum of these, satoshis.
  with_fees integer NOT NULL,
  fees bigint NOT NULL,
  empty_blocks integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (start, pool)
);
INSERT INTO pool_rollups
  SELECT feature.pool_name, header.time - mod(mod(header.time, 86400) + 86400, 86400), count(*), count(feature.totalfee),
    coalesce(sum(feature.totalfee), 0), count(*) FILTER (WHERE feature.txs = 1)
  FROM block_headers AS header JOIN block_features AS feature ON feature.blockhash = header.hash
  WHERE header.connected GROUP BY 1, 2;

-- How many insights stand how: each once, as it stands now.
CREATE TABLE insight_tallies (
  category text NOT NULL,
  kind text NOT NULL,
  status text NOT NULL,
  -- Confidence in whole tenths, rounded down; null where none is stated.
  tenths integer,
  count integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (category, kind, status, tenths)
);
INSERT INTO insight_tallies
  SELECT category, kind, status, floor(confidence * 10)::integer, count(*) FROM current_insights GROUP BY 1, 2, 3, 4;

-- Statuses are written one transaction after the other (lock_events), so nobody waits for a row of these.
CREATE FUNCTION tally_insights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight_tallies (category, kind, status, tenths, count)
  SELECT insight.category, insight.kind, change.status, floor(insight.confidence * 10)::integer, sum(change.by)
  FROM (
    SELECT insight_id, block_hash, status, 1 AS by FROM inserted
    UNION ALL
    SELECT earlier.insight_id, earlier.block_hash, earlier.status, -1
    FROM inserted CROSS JOIN LATERAL (
      SELECT * FROM insight_statuses WHERE insight_id = inserted.insight_id AND event_id < inserted.event_id
      ORDER BY event_id DESC LIMIT 1) AS earlier
  ) AS change
  JOIN insights AS insight ON insight.id = change.insight_id AND insight.block_hash = change.block_hash
  GROUP BY 1, 2, 3, 4 HAVING sum(change.by) <> 0
  ON CONFLICT (category, kind, status, tenths) DO UPDATE SET count = insight_tallies.count + excluded.count;
  RETURN NULL;
END $$;
CREATE TRIGGER tally AFTER INSERT ON insight_statuses
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION tally_insights();

-- How many rows a table has, where somebody asks all the time.
CREATE TABLE row_counts (
  counted text PRIMARY KEY,
  count bigint NOT NULL
);
INSERT INTO row_counts SELECT 'signals', count(*) FROM signals;

CREATE FUNCTION count_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  more bigint;
BEGIN
  SELECT CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END INTO more FROM changed;
  -- Blocks without signals leave without waiting for those who have some.
  IF more <> 0 THEN
    UPDATE row_counts SET count = count + more WHERE counted = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_inserted AFTER INSERT ON signals
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_rows();
CREATE TRIGGER count_deleted AFTER DELETE ON signals
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_rows();

CREATE FUNCTION count_none() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE row_counts SET count = 0 WHERE counted = TG_TABLE_NAME;
  RETURN NULL;
END $$;
CREATE TRIGGER count_truncated AFTER TRUNCATE ON signals FOR EACH STATEMENT EXECUTE FUNCTION count_none();
