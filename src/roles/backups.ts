import { pause } from "#lib";
import { embedded } from "#store";
import type { RoleDeps, RunningRole } from "./role.ts";

/** A copy that does not end in so long is left behind; the next one takes it away. */
const STOP_WITHIN_MS = 1_500;

/** Backs the database up as planned, beside whatever else the process does. */
export function startBackups({ plan, ...deps }: RoleDeps & { readonly plan: embedded.BackupPlan }): RunningRole {
  const stop = new AbortController();
  const finished = embedded.keepBackups({ ...deps, ...plan, signal: stop.signal });
  return {
    finished,
    stop: async () => {
      stop.abort();
      await Promise.race([finished, pause(STOP_WITHIN_MS, new AbortController().signal)]);
    },
  };
}
