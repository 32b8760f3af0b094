-- Blocks to be read that following the tip does not read: older ones, or stored ones anew. Ranges go to any number of
-- workers; rows stay and tell who asked for what and what came of it.
CREATE TABLE backfill_jobs (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  from_height integer NOT NULL CHECK (from_height >= 0),
  to_height integer NOT NULL CHECK (to_height >= from_height),
  -- What alone is made; null: features, and then signals with insights.
  only_part text CHECK (only_part IN ('features', 'signals')),
  status text NOT NULL DEFAULT 'queued'
    CHECK (status IN ('queued', 'running', 'paused', 'done', 'cancelled', 'failed')),
  -- What is being made.
  part text NOT NULL DEFAULT 'features' CHECK (part IN ('features', 'signals')),
  asked_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  -- Blocks of all ranges; null until they are planned.
  features_total integer,
  -- Signals are made anew from fold_from to fold_to, and are up to folded; whether a worker was told to.
  fold_from integer,
  fold_to integer,
  folded integer,
  fold_sent boolean NOT NULL DEFAULT false,
  fold_worker text,
  -- Blocks a second, smoothed: each batch adds its blocks, and what is old fades away.
  rate double precision NOT NULL DEFAULT 0,
  rate_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  rate_since timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Why it failed.
  error_code text,
  error_message text,
  CHECK ((error_code IS NULL) = (error_message IS NULL)),
  CHECK (status <> 'failed' OR error_code IS NOT NULL)
);

CREATE TABLE backfill_ranges (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  job_id integer NOT NULL REFERENCES backfill_jobs (id) ON DELETE CASCADE,
  first_height integer NOT NULL,
  last_height integer NOT NULL CHECK (last_height >= first_height),
  -- Of the first block that is not done; moves in the transaction that stores blocks.
  next_height integer NOT NULL,
  -- Whether it is in the queue.
  sent boolean NOT NULL DEFAULT false,
  -- Who worked on it last.
  worker text,
  at timestamptz,
  CHECK (next_height BETWEEN first_height AND last_height + 1)
);
CREATE INDEX backfill_ranges_job ON backfill_ranges (job_id, first_height);
CREATE INDEX backfill_ranges_unsent ON backfill_ranges (job_id) WHERE NOT sent AND next_height <= last_height;

-- What failed. A block that is parked is left out while the rest goes on; height is null where it was no single block.
CREATE TABLE backfill_errors (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  job_id integer NOT NULL REFERENCES backfill_jobs (id) ON DELETE CASCADE,
  height integer,
  parked boolean NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (NOT parked OR height IS NOT NULL)
);
CREATE INDEX backfill_errors_job ON backfill_errors (job_id, id);

-- What detectors look back on was changed by a backfill so many times (epoch), with the cursor at a height; who follows
-- the tip has taken note of it up to followed, and judges anew what it stored above that height without knowing.
CREATE TABLE history (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch integer NOT NULL DEFAULT 0,
  followed integer NOT NULL DEFAULT 0,
  changed_at_height integer NOT NULL DEFAULT 0
);
INSERT INTO history DEFAULT VALUES;

-- Blocks that become part of the chain are part of its hours and days.
CREATE TRIGGER mark_rollups_joined AFTER UPDATE ON block_headers
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_rollups_of_headers();
