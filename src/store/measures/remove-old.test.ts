import { describe, expect, test } from "vitest";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { hashOf } from "../../../test/helpers/stored-blocks.ts";
import { storedSnapshot } from "../../../test/helpers/stored-snapshot.ts";
import { explore } from "../index.ts";
import { saveMempoolSnapshot } from "../mempool/index.ts";
import { type OldFamily, removeOld } from "./remove-old.ts";
import { listRetention, noteRetention } from "./retention-runs.ts";

const { db } = await openTestDatabase();
const { signal } = new AbortController();

const count = async (table: string) =>
  ((await query(db, `SELECT count(*)::integer AS n FROM ${table}`)) as [{ n: number }])[0].n;

const LONG_AGO = "now() - interval '40 days'";

/** A row that is to go, and those that are to stay. */
const ROWS: Partial<
  Record<OldFamily, { readonly table: string; readonly columns: string; readonly rows: readonly string[] }>
> = {
  commands: {
    table: "commands",
    columns: "kind, arguments, actor, state, asked_at, take_by",
    rows: [
      `'source.test', '{}', 'x', 'expired', ${LONG_AGO}, ${LONG_AGO}`,
      `'source.test', '{}', 'x', 'open', ${LONG_AGO}, ${LONG_AGO}`,
      "'source.test', '{}', 'x', 'expired', now(), now()",
    ],
  },
  denials: {
    table: "denials",
    columns: "hour, address, role, person_id, route, code, count, first_at, last_at",
    rows: [
      `date_trunc('hour', ${LONG_AGO}), 'a', 'guest', '', 'GET /', 'X', 1, now(), now()`,
      "date_trunc('hour', now()), 'a', 'guest', '', 'GET /', 'X', 1, now(), now()",
    ],
  },
  invitations: {
    table: "invitations",
    columns: "id, email, role, token_hash, expires_at",
    rows: [
      `'1', 'a@example.org', 'member', sha256('1'), ${LONG_AGO}`,
      "'2', 'b@example.org', 'member', sha256('2'), now() - interval '1 day'",
    ],
  },
  verifications: {
    table: "verifications",
    columns: "id, identifier, value, expires_at",
    rows: [`'1', 'x', 'y', ${LONG_AGO}`, "'2', 'x', 'y', now() + interval '1 day'"],
  },
  auditEntries: {
    table: "audit_entries",
    columns: "at, role, action, target",
    rows: [`${LONG_AGO}, 'operator', 'x', 'y'`, "now(), 'operator', 'x', 'y'"],
  },
};

test.for(Object.entries(ROWS))(
  "of %s what is old goes, and nothing else",
  async ([family, { table, columns, rows }]) => {
    for (const row of rows) await query(db, `INSERT INTO ${table} (${columns}) VALUES (${row})`);
    const old = { family: family as OldFamily, days: 30, signal };
    expect(await removeOld(db, old)).toBe(1);
    expect(await removeOld(db, old)).toBe(0);
    expect(await count(table)).toBe(rows.length - 1);
  },
);

test("the audit log goes by its age alone", async () => {
  await expect(query(db, "DELETE FROM audit_entries")).rejects.toThrow("append-only");
  await expect(query(db, "SET utxoiq.removing = 'audit_entries'; TRUNCATE audit_entries")).rejects.toThrow(
    "append-only",
  );
});

test("who is stopped in the middle has removed whole steps, and the next goes on", async () => {
  await query(
    db,
    `INSERT INTO audit_entries (at, role, action, target)
     SELECT ${LONG_AGO}, 'operator', 'many', 'y' FROM generate_series(1, 5000)`,
  );
  const before = await count("audit_entries");
  const first = await removeOld(db, { family: "auditEntries", days: 30, signal: AbortSignal.abort() });
  expect(first).toBeGreaterThan(1_900);
  expect(first).toBeLessThan(2_100);
  expect(await count("audit_entries")).toBe(before - first);
  await removeOld(db, { family: "auditEntries", days: 30, signal });
  expect(await query(db, "SELECT 1 AS left FROM audit_entries WHERE action = 'many'")).toEqual([]);
});

describe("the mempool of days that were dropped", () => {
  const HOUR = 3_600;
  const FIRST = 480_000 * HOUR;
  const LATER = FIRST + 10 * 86_400;

  test("is told by whole hours as before, and of shorter steps by its hours", async () => {
    const times = [0, 600, 3_599, 3_600, 3_700, 9_000].map((seconds) => FIRST + seconds);
    for (const time of times)
      await saveMempoolSnapshot(db, storedSnapshot(time, hashOf("tip"), { count: time - FIRST }), 30);
    const read = (every: number) => explore.readMempoolHistory(db, { from: FIRST, to: LATER + 1, every });
    const before = await read(HOUR);
    expect(before.map(({ count }) => count)).toEqual([3_599, 3_700, 9_000]);
    await saveMempoolSnapshot(db, storedSnapshot(LATER, hashOf("tip")), 1);
    expect(await count("mempool_snapshots")).toBe(1);
    const after = await read(HOUR);
    expect(after.slice(0, -1)).toEqual(before);
    expect((await read(60)).slice(0, -1)).toEqual(before);
    expect((await read(2 * HOUR)).map(({ time }) => time - FIRST)).toEqual([3_700, 9_000, LATER - FIRST]);
    expect(await listRetention(db)).toMatchObject([
      { family: "mempoolSnapshots", keptDays: 1, removed: 1, removedTotal: 1, nextAt: null, failure: null },
    ]);
  });

  test("goes in the end, by the source's clock", async () => {
    expect(await removeOld(db, { family: "mempoolHours", days: 11, signal })).toBe(0);
    expect(await removeOld(db, { family: "mempoolHours", days: 1, signal })).toBe(3);
  });
});

test("runs are told: the last one, and all that they removed", async () => {
  await noteRetention(db, { family: "commands", keptDays: 90, removed: 5, nextInMs: 600_000 });
  await noteRetention(db, { family: "commands", keptDays: 30, removed: 0, nextInMs: 600_000, failure: "no disk" });
  const run = (await listRetention(db)).find(({ family }) => family === "commands");
  expect(run).toMatchObject({ keptDays: 30, removed: 0, removedTotal: 5, failure: "no disk" });
  expect((run?.nextAt?.getTime() ?? 0) - (run?.ranAt.getTime() ?? 0)).toBeGreaterThan(500_000);
});
