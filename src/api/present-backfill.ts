import type { BackfillJob, BackfillList } from "#contract";
import { backfill, type Database } from "#store";

const SHOWN_JOBS = 50;

export async function listBackfills(db: Database): Promise<BackfillList> {
  const [stored, jobs] = await Promise.all([backfill.findSpan(db), backfill.listJobs(db, SHOWN_JOBS)]);
  return { stored: stored ?? null, jobs: jobs.map(presentBackfill) };
}

export function presentBackfill(job: backfill.BackfillJob): BackfillJob {
  const { createdAt, startedAt, finishedAt, blocksTotal, blocksDone, ...rest } = job;
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    blocksTotal,
    blocksDone,
    blocksLeft: blocksTotal === null ? null : blocksTotal - blocksDone,
    percent: blocksTotal === null || blocksTotal === 0 ? null : (100 * blocksDone) / blocksTotal,
  };
}
