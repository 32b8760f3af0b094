import { listBackupNames } from "./list-backups.ts";

const HOUR_MS = 3_600_000;

/** Whether the newest backup of a directory began so long ago; one that a wrong clock dated to the future counts for none. */
export async function isBackupDue(toDir: string, everyHours: number, nowMs: number): Promise<boolean> {
  const begun = (await listBackupNames(toDir)).map(beginOf).filter((time) => time <= nowMs);
  return nowMs - Math.max(-Infinity, ...begun) >= everyHours * HOUR_MS;
}

/** `backup-2031-01-14T140210Z` */
function beginOf(name: string): number {
  const [, day, hour, minute, second] = /^backup-([\d-]{10})T(\d\d)(\d\d)(\d\d)Z$/.exec(name) ?? [];
  return Date.parse(`${day}T${hour}:${minute}:${second}Z`);
}
