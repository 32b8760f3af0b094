import type { MonitoringStatus } from "#contract";
import type { embedded } from "#store";

type Component = MonitoringStatus["components"][number];

/** Backups are seen to twice a minute; one takes longer where there is much to copy. */
const SILENT_MS = 6 * 3_600_000;

const HOUR_MS = 3_600_000;

/** How scheduled backups do; `undefined` where none are. Everything else works without one, so it is never down. */
export function backupComponent(state: embedded.BackupState | undefined, now: Date): Component | undefined {
  if (state === undefined) return undefined;
  const reason = troubleOf(state, now);
  const basics = { name: "backup", checkedAt: state.at.toISOString(), latencyMs: null } as const;
  return { ...basics, state: reason === null ? "healthy" : "degraded", reason };
}

function troubleOf(state: embedded.BackupState, now: Date): string | null {
  const { failure, newest, logFailure, copyFailure, everyHours } = state;
  if (failure !== undefined) return `the backup of ${failure.at.toISOString()} failed: ${failure.reason}`;
  if (logFailure !== undefined) return `the log of changes is not archived: ${logFailure}`;
  if (copyFailure !== undefined) return `what is elsewhere is behind: ${copyFailure}`;
  if (now.getTime() - state.at.getTime() > SILENT_MS)
    return `nobody has seen to backups since ${state.at.toISOString()}`;
  const age = newest === undefined ? 0 : now.getTime() - newest.takenAt.getTime();
  if (age > 2 * everyHours * HOUR_MS) return `the newest backup is ${Math.round(age / HOUR_MS)} hours old`;
  return null;
}
