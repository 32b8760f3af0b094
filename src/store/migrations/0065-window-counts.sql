-- What somebody asked for or changed in the window that ends then. Nobody misses it after a crash.
CREATE UNLOGGED TABLE window_counts (
  name text PRIMARY KEY,
  ends_at timestamptz NOT NULL,
  used integer NOT NULL
);
CREATE INDEX window_counts_ends ON window_counts (ends_at);
