import { availableParallelism } from "node:os";
import type { SourceOptions, SourceSpec } from "#chain";
import type { PriceFile } from "#ingest";
import type { Publication } from "#insights";
import { type Retention, startBackfillWorkers } from "#jobs";
import { instanceName } from "#lib";
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
  /** What goes when it is old; absent: another process sees to that. */
  readonly retention?: Retention | undefined;
};

/** Reads the older blocks that somebody asks for. As many at a time as wanted, on any machines. */
export async function startBackfillRole(options: BackfillRoleOptions): Promise<RunningRole> {
  const { spec, sourceOptions, prices, publication, ...rest } = options;
  const workers = options.workers ?? Math.max(1, availableParallelism() - 1);
  const reader = { spec, sourceOptions, prices, publication, worker: instanceName() };
  const running = await startBackfillWorkers({ ...rest, workers, reader });
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  return {
    finished,
    stop: async () => {
      await running.stop();
      resolve();
    },
  };
}
