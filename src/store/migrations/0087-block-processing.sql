-- How long blocks took that were stored, by buckets that add up (src/lib/durations.ts): some seconds a row.
CREATE TABLE block_processing (
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  blocks integer NOT NULL CHECK (blocks > 0),
  -- From when a block was at hand to when it was stored.
  processing_buckets smallint[] NOT NULL,
  processing_counts integer[] NOT NULL,
  -- From when the source told of it to when it was stored, of those that it told of.
  lag_buckets smallint[] NOT NULL,
  lag_counts integer[] NOT NULL
);
CREATE INDEX block_processing_at ON block_processing (at);
