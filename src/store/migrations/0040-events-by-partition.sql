-- Insights of which confidence is asked for, the surest first.
CREATE INDEX insights_confidence ON insights (confidence DESC, published_event_id DESC) WHERE confidence IS NOT NULL;

-- Events lie in partitions of 20,000 ids, so that those that are too old to be told again go as a whole. A partition is
-- named by its number; the first one has all that was told so far.
ALTER TABLE events RENAME TO events_so_far;
DROP TRIGGER append_only ON events_so_far;
DROP TRIGGER notify ON events_so_far;
CREATE TABLE events (LIKE events_so_far INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (id);
ALTER TABLE events
  ADD PRIMARY KEY (id),
  ADD FOREIGN KEY (insight_id, insight_block_hash) REFERENCES insights (id, block_hash);

DO $$
DECLARE
  part bigint := (SELECT last_value / 20000 FROM event_ids);
BEGIN
  EXECUTE format('ALTER TABLE events_so_far RENAME TO events_%s', part);
  EXECUTE format('ALTER TABLE events ATTACH PARTITION events_%s FOR VALUES FROM (MINVALUE) TO (%s)', part, (part + 1) * 20000);
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notify AFTER INSERT ON events
  REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION notify_events();

CREATE FUNCTION make_event_partitions(first_id bigint, last_id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  FOR part IN first_id / 20000 .. last_id / 20000 LOOP
    IF to_regclass('events_' || part) IS NULL THEN
      EXECUTE format('CREATE TABLE events_%s PARTITION OF events FOR VALUES FROM (%s) TO (%s)',
        part, part * 20000, (part + 1) * 20000);
    END IF;
  END LOOP;
END;
$$;

-- Whoever draws an id has the place for it made, under the lock that lets one draw at a time.
CREATE OR REPLACE FUNCTION draw_event_ids(how_many integer) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_events();
  PERFORM make_event_partitions(last_value, last_value + how_many) FROM event_ids;
  RETURN QUERY SELECT nextval('event_ids') FROM generate_series(1, how_many);
END;
$$;
