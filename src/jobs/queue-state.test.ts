import { expect, test } from "vitest";
import { createLogger } from "#lib";
import { measures } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { openQueue } from "./open-queue.ts";

const { db, connection } = await openTestDatabase();

test("the queue is told once it is made: what waits, is done, and failed", async () => {
  expect(await measures.readQueue(db)).toBeUndefined();
  const queue = await openQueue(connection, createLogger(undefined, "silent"));
  try {
    expect(await measures.readQueue(db)).toEqual({ waiting: 0, active: 0, failed: 0, oldestWaitingSeconds: null });
    const job = (rangeId: number) =>
      `('backfill', '{"rangeId": ${rangeId}}', now() - interval '90 s', now() - interval '90 s')`;
    await query(db, `INSERT INTO pgboss.job (name, data, created_on, start_after) VALUES ${[1, 2, 3].map(job).join()}`);
    const set = (rangeId: number, change: string) =>
      query(db, `UPDATE pgboss.job SET ${change} WHERE data->>'rangeId' = '${rangeId}'`);
    await set(1, "state = 'active'");
    // What is tried again later waits, but nobody could take it yet.
    await set(2, "state = 'retry', start_after = now() + interval '1 h'");
    const told = await measures.readQueue(db);
    expect(told).toMatchObject({ waiting: 2, active: 1, failed: 0 });
    expect(Math.abs((told?.oldestWaitingSeconds ?? 0) - 90)).toBeLessThan(20);
    await set(3, "state = 'failed'");
    expect(await measures.readQueue(db)).toEqual({ waiting: 1, active: 1, failed: 1, oldestWaitingSeconds: null });
  } finally {
    await queue.close();
  }
});
