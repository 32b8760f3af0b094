-- What an hour's and a day's connected blocks say together, metric by metric, by header time in UTC. Derived: computed
-- anew from block rows wherever these change, because a median cannot be subtracted from. No row where no block of the
-- hour or day has a value.
CREATE TABLE rollups (
  metric text NOT NULL,
  resolution text NOT NULL CHECK (resolution IN ('hour', 'day')),
  -- Unix seconds.
  start bigint NOT NULL,
  -- Blocks that have a value.
  n integer NOT NULL CHECK (n > 0),
  sum double precision NOT NULL,
  min double precision NOT NULL,
  max double precision NOT NULL,
  median double precision NOT NULL,
  PRIMARY KEY (metric, resolution, start)
);
CREATE INDEX rollups_start ON rollups (resolution, start);

-- The same of who received and spent what, by each block's newest labels. Satoshis.
CREATE TABLE entity_rollups (
  actor text NOT NULL,
  kind text NOT NULL,
  resolution text NOT NULL CHECK (resolution IN ('hour', 'day')),
  start bigint NOT NULL,
  inflow double precision NOT NULL,
  outflow double precision NOT NULL,
  mined double precision NOT NULL,
  deposits integer NOT NULL,
  withdrawals integer NOT NULL,
  PRIMARY KEY (actor, kind, resolution, start)
);
CREATE INDEX entity_rollups_start ON entity_rollups (resolution, start);

-- Hours and days whose blocks changed since they were computed. Written in the transaction that changes the blocks.
CREATE TABLE stale_rollups (
  resolution text NOT NULL,
  start bigint NOT NULL,
  marked_at timestamptz NOT NULL,
  PRIMARY KEY (resolution, start)
);

-- A mark that is there already is written again: so whoever computes waits for the transaction that made it, and does
-- not take away a mark whose block it cannot see yet.
CREATE FUNCTION mark_rollups(times bigint[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO stale_rollups (resolution, start, marked_at)
  SELECT DISTINCT span.resolution, time - mod(mod(time, span.seconds) + span.seconds, span.seconds), now()
  FROM unnest(times) AS time, (VALUES ('hour', 3600), ('day', 86400)) AS span (resolution, seconds)
  ORDER BY 1, 2
  ON CONFLICT (resolution, start) DO UPDATE SET marked_at = excluded.marked_at
$$;

CREATE FUNCTION mark_rollups_of_headers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_rollups(array_agg(time)) FROM changed WHERE connected HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER mark_rollups_inserted AFTER INSERT ON block_headers
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_rollups_of_headers();
CREATE TRIGGER mark_rollups_deleted AFTER DELETE ON block_headers
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_rollups_of_headers();

-- Labels may tell a block's flows anew long after it was stored.
CREATE FUNCTION mark_rollups_of_flows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_rollups(array_agg(header.time))
  FROM changed JOIN block_headers AS header ON header.hash = changed.blockhash AND header.connected
  HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER mark_rollups_told AFTER INSERT ON block_flows
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_rollups_of_flows();

-- What is stored already.
SELECT mark_rollups(array_agg(time)) FROM block_headers WHERE connected HAVING count(*) > 0;
