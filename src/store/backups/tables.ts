import type { Generated } from "kysely";

export type BackupStateTable = {
  only_row: Generated<boolean>;
  at: Date;
  every_hours: number;
  name: string | null;
  taken_at: Date | null;
  bytes: number | null;
  height: number | null;
  failure: string | null;
  failed_at: Date | null;
  log_until: Date | null;
  log_failure: string | null;
  copy_failure: string | null;
};
