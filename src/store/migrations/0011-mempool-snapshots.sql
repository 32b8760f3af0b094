-- What waited to be mined, as it was seen. An observation: it is in no block and cannot be derived again. Times are the
-- source's clock, unix seconds. One partition a day of that clock, made by the store when the first row of the day comes
-- and dropped whole when it is old.
CREATE TABLE mempool_snapshots (
  time bigint PRIMARY KEY,
  -- Null where the source does not tell on which block these wait.
  tip_height integer,
  tip_hash bytea CHECK (octet_length(tip_hash) = 32),
  count integer NOT NULL,
  weight bigint NOT NULL,
  total_fee bigint NOT NULL,
  min_fee_rate double precision,
  histogram jsonb,
  projected_blocks jsonb NOT NULL,
  CHECK ((tip_height IS NULL) = (tip_hash IS NULL))
) PARTITION BY RANGE (time);

-- Which transactions the next block on a tip was expected to hold, by the newest stored snapshot on it. Large, so only
-- the newest tips have one. Ids: 32 bytes each, internal byte order.
CREATE TABLE next_block_templates (
  tip_hash bytea PRIMARY KEY CHECK (octet_length(tip_hash) = 32),
  -- In which order they were stored: clocks are set back at times.
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  time bigint NOT NULL,
  total_fee bigint NOT NULL,
  txids bytea NOT NULL CHECK (octet_length(txids) % 32 = 0)
);
-- Hashes do not get smaller by compression.
ALTER TABLE next_block_templates ALTER COLUMN txids SET STORAGE EXTERNAL;

-- Derived: a block beside the one that was expected. No row: nothing was seen before it.
CREATE TABLE block_expectations (
  blockhash bytea PRIMARY KEY REFERENCES block_headers (hash) ON DELETE CASCADE,
  snapshot_time bigint NOT NULL,
  seconds_before bigint NOT NULL,
  expected integer NOT NULL,
  mined integer NOT NULL,
  matched integer NOT NULL,
  missing integer NOT NULL,
  missing_txids bytea[] NOT NULL,
  added integer NOT NULL,
  added_txids bytea[] NOT NULL,
  expected_fee bigint NOT NULL,
  mined_fee bigint,
  match_rate double precision,
  CHECK (missing = expected - matched AND added = mined - matched)
);
