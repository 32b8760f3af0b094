import { CompiledQuery } from "kysely";
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
    const tasks = [1, 2, 3].map((rangeId) => ({ jobId: 1, rangeId }));
    await queue.send(tasks, {
      executeSql: async (text, values = []) => db.executeQuery<unknown>(CompiledQuery.raw(text, values)),
    });
    await query(
      db,
      "UPDATE pgboss.job SET created_on = now() - interval '90 s', start_after = now() - interval '90 s'",
    );
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
