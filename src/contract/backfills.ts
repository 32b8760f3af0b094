import { z } from "zod";

const height = z.int().nonnegative();
const part = z.enum(["features", "signals"]);

const job = z
  .object({
    id: z.int().positive(),
    fromHeight: height,
    toHeight: height,
    only: part.nullable().meta({ description: "What alone is made; null: features, then signals with insights" }),
    status: z.enum(["queued", "running", "paused", "done", "cancelled", "failed"]),
    part: part.meta({ description: "What is being made, or was last; blocks and percent are of this part" }),
    askedBy: z.string(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    blocksTotal: height.nullable().meta({ description: "null until the ranges are planned" }),
    blocksDone: height,
    blocksLeft: height.nullable(),
    percent: z.number().min(0).max(100).nullable(),
    currentHeight: height.nullable().meta({ description: "The block that was done last" }),
    blocksPerSecond: z.number().nonnegative().nullable().meta({ description: "Smoothed over half a minute" }),
    etaSeconds: z.number().nonnegative().nullable(),
    workers: height.meta({ description: "Workers that stored something in the last ten seconds" }),
    errorCount: height,
    parkedCount: height.meta({ description: "Blocks that failed and are left out until a retry" }),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: "BackfillJob" });
export type BackfillJob = z.infer<typeof job>;
export { job as backfillJob };

export const backfillList = z
  .object({
    stored: z
      .object({ first: height, last: height })
      .nullable()
      .meta({ description: "The connected blocks that are stored; null while there are none" }),
    jobs: z.array(job).meta({ description: "The newest first, at most fifty" }),
  })
  .meta({ id: "BackfillList" });
export type BackfillList = z.infer<typeof backfillList>;

export const backfillDetail = job
  .extend({
    errors: z
      .array(
        z.object({
          height: height.nullable().meta({ description: "null where it was no single block" }),
          parked: z.boolean(),
          code: z.string(),
          message: z.string(),
          at: z.iso.datetime(),
        }),
      )
      .meta({ description: "The last twenty, newest first" }),
  })
  .meta({ id: "BackfillDetail" });

/** Which blocks are to be read. */
export const startBackfill = z.strictObject({
  from: height,
  to: height.optional().meta({ description: "The block below the lowest that is stored where absent" }),
  only: part.optional(),
});

export const backfillChange = z
  .enum(["pause", "resume", "cancel", "retry"])
  .meta({ description: "retry: its ranges that failed" });
export type BackfillChange = z.infer<typeof backfillChange>;
