import type { Generated } from "kysely";
import type { BackfillPart, BackfillStatus } from "./job.ts";

type BackfillJobsTable = {
  id: Generated<number>;
  from_height: number;
  to_height: number;
  only_part: BackfillPart | null;
  status: Generated<BackfillStatus>;
  part: BackfillPart;
  asked_by: string;
  created_at: Generated<Date>;
  started_at: Date | null;
  finished_at: Date | null;
  features_total: number | null;
  fold_from: number | null;
  fold_to: number | null;
  folded: number | null;
  fold_sent: Generated<boolean>;
  fold_worker: string | null;
  rate: Generated<number>;
  rate_at: Generated<Date>;
  rate_since: Generated<Date>;
  error_code: string | null;
  error_message: string | null;
};

type BackfillRangesTable = {
  id: Generated<number>;
  job_id: number;
  first_height: number;
  last_height: number;
  next_height: number;
  sent: Generated<boolean>;
  worker: string | null;
  at: Date | null;
};

type BackfillErrorsTable = {
  id: Generated<number>;
  job_id: number;
  height: number | null;
  parked: boolean;
  code: string;
  message: string;
  at: Generated<Date>;
};

type HistoryTable = {
  only_row: Generated<boolean>;
  epoch: Generated<number>;
  followed: Generated<number>;
  changed_at_height: Generated<number>;
};

/** What the migrations of backfill make. */
export type BackfillTables = {
  backfill_jobs: BackfillJobsTable;
  backfill_ranges: BackfillRangesTable;
  backfill_errors: BackfillErrorsTable;
  history: HistoryTable;
};
