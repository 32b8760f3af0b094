-- How scheduled backups do, one row as long as some are made. Whoever makes them writes it; it is no part of what they hold.
CREATE TABLE backup_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- When it was last seen to.
  at timestamptz NOT NULL,
  every_hours integer NOT NULL,
  -- The newest that was restored beside and found whole: its directory's name.
  name text,
  taken_at timestamptz,
  bytes bigint,
  height integer,
  -- Why the last try failed; null where it did not.
  failure text,
  failed_at timestamptz,
  -- Every moment up to this one can be gone back to, from the oldest backup on.
  log_until timestamptz,
  -- Why the log of changes, or the copy elsewhere, is behind; null where it is not.
  log_failure text,
  copy_failure text
);
