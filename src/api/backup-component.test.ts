import { expect, test } from "vitest";
import type { embedded } from "#store";
import { backupComponent } from "./backup-component.ts";

const NOW = new Date("2031-01-14T12:00:00Z");
const FINE: embedded.BackupState = {
  at: NOW,
  everyHours: 24,
  newest: { name: "backup-2031-01-14T020000Z", takenAt: new Date("2031-01-14T02:00:00Z"), bytes: 1 },
  failure: undefined,
  logUntil: NOW,
  logFailure: undefined,
  copyFailure: undefined,
};

test("where no backups are scheduled nothing is said of them", () => {
  expect(backupComponent(undefined, NOW)).toBeUndefined();
});

test.each([
  ["healthy", {}, null],
  ["healthy", { newest: undefined }, null],
  ["degraded", { failure: { at: NOW, reason: "the disk is full" } }, "12:00:00.000Z failed: the disk is full"],
  ["degraded", { logFailure: "EACCES" }, "the log of changes is not archived: EACCES"],
  ["degraded", { copyFailure: "403" }, "what is elsewhere is behind: 403"],
  ["degraded", { at: new Date("2031-01-14T03:00:00Z") }, "nobody has seen to backups since 2031-01-14T03"],
  ["degraded", { everyHours: 4 }, "the newest backup is 10 hours old"],
] as const)("is %s with %o", (state, change, reason) => {
  const component = backupComponent({ ...FINE, ...change }, NOW);
  expect(component).toMatchObject({ name: "backup", state });
  if (reason === null) expect(component?.reason).toBeNull();
  else expect(component?.reason).toContain(reason);
});
