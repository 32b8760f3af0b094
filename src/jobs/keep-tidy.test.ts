import { expect, test, vi } from "vitest";
import { createLogger } from "#lib";
import { measures } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { keepTidy } from "./keep-tidy.ts";

const { db } = await openTestDatabase();

test("each family that has its days is looked through and told of, one that fails as well; what has none stays", async () => {
  await query(db, "INSERT INTO audit_entries (at, role, action, target) VALUES ('2001-01-01', 'operator', 'x', 'y')");
  await query(db, "ALTER TABLE denials RENAME TO away");
  const stop = new AbortController();
  const retention = { metricDays: 30, metricHourDays: 365, jobDays: 90, accessDays: 60, eventDays: 7 };
  const tidying = keepTidy({ db, logger: createLogger(undefined, "silent"), retention, signal: stop.signal });
  const wanted = [
    { family: "backfillJobs", keptDays: 90, failure: null },
    { family: "blockProcessing", keptDays: 30, failure: null },
    { family: "commands", keptDays: 90, failure: null },
    { family: "denials", keptDays: 60, failure: expect.stringContaining("denials") },
    { family: "events", keptDays: 7, failure: null },
    { family: "invitations", keptDays: 60, failure: null },
    { family: "systemMetricHours", keptDays: 365, failure: null },
    { family: "systemMetrics", keptDays: 30, failure: null },
    { family: "verifications", keptDays: 60, failure: null },
  ];
  await vi.waitFor(async () => expect(await measures.listRetention(db)).toMatchObject(wanted), 5_000);
  stop.abort();
  await tidying;
  expect(await query(db, "SELECT action FROM audit_entries")).toEqual([{ action: "x" }]);
});
