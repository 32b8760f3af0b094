import type { Generated } from "kysely";

export type SettingTables = {
  settings: { name: string; value: string; sealed: boolean; changed_at: Generated<Date>; changed_by: string };
  idempotent_requests: {
    owner: string;
    key: string;
    digest: Buffer;
    begun_at: Generated<Date>;
    status: number | null;
    answer: string | null;
  };
};
