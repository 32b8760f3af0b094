import { sql } from "kysely";
import { afterEach, expect, test } from "vitest";
import { createLogger, pause } from "#lib";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { askCommand } from "./ask-command.ts";
import type { TakenCommand } from "./command.ts";
import { answerCommand, takeCommand } from "./take-command.ts";
import { watchCommands } from "./watch-commands.ts";

const { db, connection } = await openTestDatabase();
const { signal } = new AbortController();
const SPIKE = { kind: "simnet.event", arguments: { kind: "inflow-spike", size: 500 }, actor: "a test" } as const;
const ANSWER = { kind: "inflow-spike", entity: "Some", size: 500, unit: "BTC", blocks: null } as const;
const RESULT = { ...ANSWER, fromHeight: 7, simulated: true } as const;

afterEach(() => sql`TRUNCATE commands`.execute(db));

/** As a role does: looks again and again until there is one. */
async function takeNext(): Promise<TakenCommand> {
  for (;;) {
    const command = await takeCommand(db);
    if (command !== undefined) return command;
    await pause(20, signal);
  }
}

function states(): Promise<readonly unknown[]> {
  return query(db, "SELECT state FROM commands ORDER BY id");
}

test("whoever asks gets the result, and the row tells who asked for what", async () => {
  const asked = askCommand(db, SPIKE, signal);
  const taken = await takeNext();
  expect(taken).toEqual({ id: expect.any(Number), ...SPIKE });
  await answerCommand(db, taken.id, { result: RESULT });
  expect(await asked).toEqual(RESULT);
  expect(await query(db, "SELECT actor, state, arguments, result FROM commands")).toEqual([
    { actor: "a test", state: "done", arguments: SPIKE.arguments, result: RESULT },
  ]);
});

test("an error comes back with its code and sentence", async () => {
  const asked = askCommand(db, SPIKE, signal);
  const taken = await takeNext();
  await answerCommand(db, taken.id, { error: { code: "CHAIN_SIMNET_EVENT", message: "No such event." } });
  await expect(asked).rejects.toMatchObject({ code: "CHAIN_SIMNET_EVENT", message: "No such event." });
});

test("what nobody takes in time is expired, and who comes later does not get it", async () => {
  await expect(askCommand(db, { ...SPIKE, withinMs: 200 }, signal)).rejects.toMatchObject({
    code: "STORE_COMMAND_EXPIRED",
    message: "ingest is not running: nobody took the command within 0.2 s.",
  });
  expect(await takeCommand(db)).toBeUndefined();
  expect(await states()).toEqual([{ state: "expired" }]);
});

test("what a process asked that then died is expired by whoever looks", async () => {
  const gone = new AbortController();
  const asked = askCommand(db, { ...SPIKE, withinMs: 200 }, gone.signal);
  gone.abort();
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  await pause(250, signal);
  expect(await takeCommand(db)).toBeUndefined();
  expect(await states()).toEqual([{ state: "expired" }]);
});

test("silence after a command was taken is told as that, and it is not taken again", async () => {
  const asked = askCommand(db, { ...SPIKE, withinMs: 200 }, signal);
  // Waited for below; it may fail before.
  asked.catch(() => undefined);
  await takeNext();
  await expect(asked).rejects.toMatchObject({ code: "STORE_COMMAND_UNANSWERED" });
  expect(await takeCommand(db)).toBeUndefined();
  expect(await states()).toEqual([{ state: "taken" }]);
});

test("each command goes to one of several who take, the oldest first", async () => {
  const asking = Array.from({ length: 12 }, () => askCommand(db, SPIKE, signal));
  const counted = async () => (await states()).length;
  await expect.poll(counted).toBe(12);
  const taken = (await Promise.all(Array.from({ length: 20 }, () => takeCommand(db)))).filter(
    (one) => one !== undefined,
  );
  const more = await Promise.all(Array.from({ length: 12 - taken.length }, takeNext));
  const ids = [...taken, ...more].map(({ id }) => id);
  expect(new Set(ids).size).toBe(12);
  await Promise.all(ids.map((id) => answerCommand(db, id, { result: { ...RESULT, fromHeight: id } })));
  const heights = (await Promise.all(asking)).map(({ fromHeight }) => fromHeight);
  expect(heights.toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
});

test("a new command is heard of", async () => {
  let heard = 0;
  const logger = createLogger(undefined, "silent");
  const watch = watchCommands({ connection, logger, onChange: () => (heard += 1) });
  await expect.poll(() => heard).toBe(1);
  const asked = askCommand(db, { ...SPIKE, withinMs: 100 }, signal);
  asked.catch(() => undefined);
  await expect.poll(() => heard).toBe(2);
  await expect(asked).rejects.toMatchObject({ code: "STORE_COMMAND_EXPIRED" });
  await watch.close();
});
