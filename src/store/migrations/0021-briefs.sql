-- Published: what a day held, as it was told. The day is text, because a day of UTC must not move with a time zone.
CREATE TABLE briefs (
  day text PRIMARY KEY CHECK (day ~ '^\d{4}-\d{2}-\d{2}$'),
  -- Seconds of the source's clock, which on a simulated network is not the one on the wall.
  published_at bigint NOT NULL,
  brief jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON briefs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A brief asks what a day's blocks said.
CREATE INDEX insights_block_time ON insights (block_time);
CREATE INDEX block_headers_time ON block_headers (time);
