-- The list of backfills tells of each where it stands, however many ranges it has, and how much is left out.
CREATE INDEX backfill_ranges_latest ON backfill_ranges (job_id, at DESC) INCLUDE (next_height)
  WHERE next_height > first_height;
CREATE INDEX backfill_errors_parked ON backfill_errors (job_id, height) WHERE parked;

-- Whether any block was read anew since a version of the labels: where none was, what is rolled up is as it was then.
CREATE INDEX block_flows_label_version ON block_flows (label_version);
