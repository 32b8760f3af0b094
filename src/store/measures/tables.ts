import type { Generated } from "kysely";

export type BlockProcessingTable = {
  at: Generated<Date>;
  blocks: number;
  processing_buckets: readonly number[];
  processing_counts: readonly number[];
  lag_buckets: readonly number[];
  lag_counts: readonly number[];
};

/** Made and read by statements of their own. */
export type SystemMetricHoursTable = { time: Date; samples: number };

export type SystemMetricsTable = {
  at: Generated<Date>;
  instance: string;
  rss_bytes: number;
  heap_bytes: number;
  cpu_share: number;
  loop_delay_p99_ms: number;
  database_ms: number;
  database_bytes: number;
  requests: number;
  /** How many requests took how long, bucket by bucket. */
  request_buckets: readonly number[];
  request_counts: readonly number[];
  stream_clients: number;
  event_lag_ms: number | null;
};
