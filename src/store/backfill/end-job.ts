import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** The end of a job; nothing where it does not run any more. */
export async function endJob(
  db: Database,
  jobId: number,
  failure?: { readonly code: string; readonly message: string },
): Promise<void> {
  await db
    .updateTable("backfill_jobs")
    .set({
      status: failure === undefined ? "done" : "failed",
      finished_at: sql<Date>`clock_timestamp()`,
      error_code: failure?.code ?? null,
      error_message: failure?.message ?? null,
    })
    .where("id", "=", jobId)
    .where("status", "=", "running")
    .execute();
}
