-- What a language model was asked, once for each insight in a block, and what came of it. A request counts from the moment
-- that it is made, so a program that was killed meanwhile has not asked for free.
CREATE TABLE wording_requests (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  insight_id text NOT NULL,
  block_hash bytea NOT NULL,
  -- <provider>:<model>
  model text NOT NULL,
  -- UTC; budgets are of a day.
  day date NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC')::date,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- 'asked' while the reply is awaited, and for ever where nobody was left to hear it.
  outcome text NOT NULL
    CHECK (outcome IN ('asked', 'accepted', 'refused', 'failed', 'timed-out', 'too-late', 'over-budget')),
  reason text,
  -- Of prompt and reply, as the server counts them.
  tokens integer NOT NULL DEFAULT 0,
  UNIQUE (insight_id, block_hash),
  FOREIGN KEY (insight_id, block_hash) REFERENCES insights (id, block_hash)
);
CREATE INDEX wording_requests_day ON wording_requests (day);

-- Published: a model's text for an insight as it was found in one block. The template's stays where it is.
CREATE TABLE wordings (
  insight_id text NOT NULL,
  block_hash bytea NOT NULL,
  model text NOT NULL,
  headline text NOT NULL,
  summary text NOT NULL,
  -- The event that told it: earlier ones tell the template's text for ever.
  event_id bigint NOT NULL,
  PRIMARY KEY (insight_id, block_hash),
  FOREIGN KEY (insight_id, block_hash) REFERENCES insights (id, block_hash)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wordings
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a role says of itself has a new part; what an earlier program said lacks it, and that program runs no more.
DELETE FROM heartbeats;
