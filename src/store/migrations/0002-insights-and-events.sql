-- Published tables: what people were told. Append-only, and without a foreign key to the headers, because a
-- block may leave the chain but not what was said about it.

-- An insight as it was found in one block. The same event on another branch is another row with the same id.
CREATE TABLE insights (
  id text NOT NULL CHECK (id ~ '^[0-9a-f]{32}$'),
  block_hash bytea NOT NULL CHECK (octet_length(block_hash) = 32),
  block_height integer NOT NULL,
  block_time bigint NOT NULL,
  kind text NOT NULL,
  category text NOT NULL,
  headline text NOT NULL,
  summary text NOT NULL,
  surprise_percentile double precision,
  surprise_sample_size integer,
  confidence double precision,
  evidence jsonb NOT NULL,
  simulated boolean NOT NULL,
  -- The event with which the id was first published, on whichever branch: the order of lists.
  published_event_id bigint NOT NULL,
  PRIMARY KEY (id, block_hash)
);
CREATE INDEX insights_published ON insights (published_event_id DESC);
CREATE INDEX insights_category_published ON insights (category, published_event_id DESC);
CREATE INDEX insights_block_height ON insights (block_height);

-- The latest row of an insight is its present status and the block that it now stands on.
CREATE TABLE insight_statuses (
  insight_id text NOT NULL,
  block_hash bytea NOT NULL,
  status text NOT NULL CHECK (status IN ('preliminary', 'confirmed', 'retracted')),
  reason text,
  event_id bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (insight_id, event_id),
  FOREIGN KEY (insight_id, block_hash) REFERENCES insights (id, block_hash)
);

-- Each insight once: where it stands now, and with which status.
CREATE VIEW current_insights AS
  SELECT insights.*, latest.status, latest.reason AS status_reason, latest.event_id
  FROM insights
  CROSS JOIN LATERAL (
    SELECT block_hash, status, reason, event_id
    FROM insight_statuses
    WHERE insight_id = insights.id
    ORDER BY event_id DESC
    LIMIT 1
  ) AS latest
  WHERE latest.block_hash = insights.block_hash;

CREATE TABLE events (
  id bigint PRIMARY KEY,
  type text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  insight_id text,
  insight_block_hash bytea,
  status text,
  reason text,
  block jsonb,
  CHECK ((insight_id IS NULL) = (insight_block_hash IS NULL)),
  CHECK ((insight_id IS NULL) = (status IS NULL)),
  CHECK ((insight_id IS NULL) <> (block IS NULL)),
  FOREIGN KEY (insight_id, insight_block_hash) REFERENCES insights (id, block_hash)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON insights
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON insight_statuses
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE SEQUENCE event_ids AS bigint;

-- Held until the transaction has ended, so whoever draws the next id does so after this one is visible: the order
-- of ids is the order of commits. A bare sequence would let 11 be seen before 10, and a reader who goes on after
-- 11 would never see 10.
CREATE FUNCTION lock_events() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(7853019, 1);
$$;

-- The only way to an event id. Ids may have gaps (a transaction that failed) but no disorder.
CREATE FUNCTION draw_event_ids(how_many integer) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_events();
  RETURN QUERY SELECT nextval('event_ids') FROM generate_series(1, how_many);
END;
$$;

-- Readers also poll; the notification only saves them the wait. It carries the last id and nothing else.
CREATE FUNCTION notify_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('utxoiq_events', (SELECT max(id) FROM inserted)::text);
  RETURN NULL;
END;
$$;

CREATE TRIGGER notify AFTER INSERT ON events
  REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION notify_events();
