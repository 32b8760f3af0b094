-- A partition is made beside its table and joined to it then: that keeps nobody waiting who reads events, and waits for
-- none of them. To make it as a partition from the beginning would.
CREATE OR REPLACE FUNCTION make_event_partitions(first_id bigint, last_id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  FOR part IN first_id / 20000 .. last_id / 20000 LOOP
    IF to_regclass('events_' || part) IS NULL THEN
      EXECUTE format('CREATE TABLE events_%s (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
      EXECUTE format('ALTER TABLE events ATTACH PARTITION events_%s FOR VALUES FROM (%s) TO (%s)',
        part, part * 20000, (part + 1) * 20000);
    END IF;
  END LOOP;
END;
$$;
