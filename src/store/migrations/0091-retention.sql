-- What is old goes by policy: hours of the mempool stay longer than its snapshots, the audit log may end somewhere, and
-- what went is told.

-- The last snapshot of each hour of a day that was dropped, so that steps of whole hours are told the same as before.
CREATE TABLE mempool_hours (
  time bigint PRIMARY KEY,
  count integer NOT NULL,
  weight bigint NOT NULL,
  total_fee bigint NOT NULL,
  min_fee_rate double precision,
  histogram jsonb,
  next_block_fee_rate double precision
);

-- How each family of rows was last looked through.
CREATE TABLE retention_runs (
  family text PRIMARY KEY,
  kept_days integer NOT NULL CHECK (kept_days > 0),
  ran_at timestamptz NOT NULL,
  -- null: with what is written next
  next_at timestamptz,
  -- rows, or whole partitions
  removed bigint NOT NULL CHECK (removed >= 0),
  removed_total bigint NOT NULL CHECK (removed_total >= removed),
  failure text
);

-- Entries go by their age alone, and the oldest first.
CREATE FUNCTION refuse_removal_but_by_age() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('utxoiq.removing', true) = TG_TABLE_NAME THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'table % is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

DROP TRIGGER append_only ON audit_entries;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal_but_by_age();

CREATE FUNCTION remove_old_audit_entries(days integer, at_most integer) RETURNS integer
LANGUAGE plpgsql SET utxoiq.removing = 'audit_entries' AS $$
DECLARE removed integer;
BEGIN
  DELETE FROM audit_entries WHERE id IN (
    SELECT id FROM (SELECT id, at FROM audit_entries ORDER BY id LIMIT at_most) AS oldest
    WHERE at < statement_timestamp() - make_interval(days => days));
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;
