import { availableParallelism, hostname } from "node:os";
import type { SourceOptions, SourceSpec } from "#chain";
import type { PriceFile } from "#ingest";
import type { Publication } from "#insights";
import { startBackfillWorkers } from "#jobs";
import type { RoleDeps, RunningRole } from "./role.ts";

export type BackfillRoleOptions = RoleDeps & {
  readonly spec: SourceSpec;
  readonly sourceOptions: Omit<SourceOptions, "resumeFrom" | "record">;
  readonly prices?: PriceFile | undefined;
  /** Absent: all is published. */
  readonly publication?: Publication | undefined;
  /** Threads; `undefined`: all cores but one. */
  readonly workers?: number | undefined;
  readonly blocksPerSecond?: number | undefined;
};

/** Reads the older blocks that somebody asks for. As many at a time as wanted, on any machines. */
export async function startBackfillRole(options: BackfillRoleOptions): Promise<RunningRole> {
  const { db, connection, logger, spec, sourceOptions, prices, publication, blocksPerSecond } = options;
  const workers = options.workers ?? Math.max(1, availableParallelism() - 1);
  const reader = { spec, sourceOptions, prices, publication, worker: `${hostname()}:${process.pid}` };
  const running = await startBackfillWorkers({ db, connection, logger, workers, reader, blocksPerSecond });
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  return {
    finished,
    stop: async () => {
      await running.stop();
      resolve();
    },
  };
}
