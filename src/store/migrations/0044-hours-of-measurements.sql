-- Hours of the program's own measurements, all processes together, made of complete hours before their samples go. Kept
-- longer than these, and removed when they are old themselves.
CREATE TABLE system_metric_hours (
  "time" timestamptz PRIMARY KEY,
  samples integer NOT NULL,
  rss_bytes double precision NOT NULL,
  heap_bytes double precision NOT NULL,
  cpu_share double precision NOT NULL,
  loop_delay_p99_ms double precision NOT NULL,
  database_ms double precision NOT NULL,
  database_bytes bigint NOT NULL,
  requests integer NOT NULL,
  request_p50_ms double precision,
  request_p95_ms double precision,
  request_p99_ms double precision,
  stream_clients integer NOT NULL
);
