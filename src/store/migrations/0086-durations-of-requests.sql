-- A percentile of percentiles is none: how many requests took how long is kept, by buckets (src/lib/durations.ts), which
-- add up. What was kept before cannot be turned into it.
ALTER TABLE system_metrics
  DROP COLUMN request_p50_ms, DROP COLUMN request_p95_ms, DROP COLUMN request_p99_ms,
  ADD COLUMN request_buckets smallint[] NOT NULL DEFAULT '{}',
  ADD COLUMN request_counts integer[] NOT NULL DEFAULT '{}';
ALTER TABLE system_metric_hours
  DROP COLUMN request_p50_ms, DROP COLUMN request_p95_ms, DROP COLUMN request_p99_ms,
  ADD COLUMN request_buckets smallint[] NOT NULL DEFAULT '{}',
  ADD COLUMN request_counts integer[] NOT NULL DEFAULT '{}';
