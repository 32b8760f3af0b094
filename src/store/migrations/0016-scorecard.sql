-- What was said about blocks to come, when it was said, and what came of it: one chain of entries, append-only. An entry
-- is never changed; what came of a prediction, and that its block left the chain, are further entries.
CREATE TABLE scorecard_entries (
  -- 1, 2, 3, … in the order of commits, without a gap.
  seq bigint PRIMARY KEY CHECK (seq > 0),
  -- Hash of the entry before; zeros before the first.
  previous bytea NOT NULL CHECK (octet_length(previous) = 32),
  -- SHA-256 of the canonical JSON (RFC 8785) of body with seq and previous.
  hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  body jsonb NOT NULL,
  -- For queries. They follow from the body, so they cannot say anything else.
  type text NOT NULL GENERATED ALWAYS AS (body ->> 'type') STORED
    CHECK (type IN ('made', 'resolved', 'reopened', 'withdrawn')),
  prediction_id text NOT NULL GENERATED ALWAYS AS (body ->> 'predictionId') STORED
    CHECK (prediction_id ~ '^[0-9a-f]{32}$'),
  kind text NOT NULL GENERATED ALWAYS AS (body ->> 'kind') STORED,
  height integer NOT NULL GENERATED ALWAYS AS ((body ->> 'height')::integer) STORED,
  block_hash text NOT NULL GENERATED ALWAYS AS (body ->> 'blockHash') STORED
);
CREATE INDEX scorecard_entries_prediction ON scorecard_entries (prediction_id, seq);
CREATE INDEX scorecard_entries_block ON scorecard_entries (block_hash);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON scorecard_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Where each prediction stands: follows from the entries and moves with them in one transaction, so that nobody has to
-- read them all. made_seq is that of the prediction itself, seq that of what was said last.
CREATE TABLE predictions (
  id text PRIMARY KEY,
  made_seq bigint NOT NULL REFERENCES scorecard_entries (seq),
  seq bigint NOT NULL REFERENCES scorecard_entries (seq),
  state text NOT NULL CHECK (state IN ('open', 'resolved', 'withdrawn')),
  kind text NOT NULL,
  subject text,
  -- Of the block after which it was made.
  height integer NOT NULL,
  -- Made at the tip, not while history was read.
  live boolean NOT NULL,
  -- Of the block that resolved it.
  resolved_height integer CHECK ((resolved_height IS NOT NULL) = (state = 'resolved'))
);
CREATE INDEX predictions_open ON predictions (height) WHERE state = 'open';
CREATE INDEX predictions_resolved ON predictions (resolved_height) WHERE state = 'resolved';
CREATE INDEX predictions_resolved_newest ON predictions (seq DESC) WHERE state = 'resolved';
CREATE INDEX predictions_newest ON predictions (kind, subject, height DESC);

-- Held until the transaction has ended: whoever appends next reads the last entry when it is there.
CREATE FUNCTION lock_scorecard() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(7853019, 8);
$$;

-- Derived, of blocks whose packages were looked at because a forecast of fees is decided by them, or learns from them:
-- sat/vB below which 5 % of the weight lies, the coinbase apart; null of a block without transactions.
CREATE TABLE block_low_rates (
  blockhash bytea PRIMARY KEY REFERENCES block_headers (hash) ON DELETE CASCADE,
  low_rate double precision
);
