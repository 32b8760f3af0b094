-- How the program did, as it measured itself: a row for each process and ten seconds. Removed when it is old.
CREATE TABLE system_metrics (
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Machine and process.
  instance text NOT NULL,
  rss_bytes bigint NOT NULL,
  heap_bytes bigint NOT NULL,
  -- Of one processor's time, since the row before.
  cpu_share double precision NOT NULL,
  -- The longest but one in a hundred that something waited for its turn.
  loop_delay_p99_ms double precision NOT NULL,
  database_ms double precision NOT NULL,
  database_bytes bigint NOT NULL,
  -- Answers since the row before, and how long they took; null where there were none.
  requests integer NOT NULL,
  request_p50_ms double precision,
  request_p95_ms double precision,
  request_p99_ms double precision,
  stream_clients integer NOT NULL,
  PRIMARY KEY (at, instance)
);
