import { afterEach, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import type { EventRequest, FollowableSource, StagedAnswer } from "#chain";
import { AppError, createLogger } from "#lib";
import { commands } from "#store";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { carryOutCommands } from "./carry-out-commands.ts";

const { db, connection } = await openTestDatabase();
const logger = createLogger(undefined, "silent");
const { signal } = new AbortController();

/** Stages nothing, but says that it does. */
const STAGE = async ({ kind, entity, size }: EventRequest): Promise<StagedAnswer> => {
  if (kind === "broken") throw new Error("no space left on the disk");
  if (kind !== "inflow-spike") throw new AppError("CHAIN_SIMNET_EVENT", `Nothing was staged: ${kind} is not an event.`);
  return {
    kind,
    entity: entity ?? null,
    size: size ?? null,
    unit: "BTC",
    blocks: null,
    fromHeight: 12,
    simulated: true,
  };
};

const SOURCE: FollowableSource = {
  network: NETWORKS.simnet,
  pools: [],
  name: "made-up:1",
  description: "a test",
  kind: "chain",
  chainId: "test",
  firstHeight: 0,
  now: () => 0,
  tipHeight: async () => 11,
  health: () => ({ state: "healthy", reason: null }),
  follow: async function* () {},
  close: async () => {},
};

let stop = async (): Promise<void> => {};
afterEach(() => stop());

function run(source: FollowableSource): void {
  const ending = new AbortController();
  const running = carryOutCommands({ db, connection, source: () => source, logger, signal: ending.signal });
  stop = () => {
    ending.abort();
    return running;
  };
}

function ask(request: EventRequest): Promise<StagedAnswer> {
  return commands.askCommand(db, { kind: "simnet.event", arguments: request, actor: "a test" }, signal);
}

test("the source stages what is asked, at once and one after the other", async () => {
  run({ ...SOURCE, stageEvent: STAGE });
  const startedAt = performance.now();
  expect(await ask({ kind: "inflow-spike", entity: "Somebody", size: 5 })).toEqual({
    kind: "inflow-spike",
    entity: "Somebody",
    size: 5,
    unit: "BTC",
    blocks: null,
    fromHeight: 12,
    simulated: true,
  });
  const sizes = [1, 2, 3, 4];
  const answers = await Promise.all(sizes.map((size) => ask({ kind: "inflow-spike", size })));
  expect(answers.map(({ size }) => size)).toEqual(sizes);
  expect(performance.now() - startedAt).toBeLessThan(2_500);
});

test.each([
  ["what the source refuses", { stageEvent: STAGE }, "dance", "CHAIN_SIMNET_EVENT", "dance is not an event"],
  ["what fails", { stageEvent: STAGE }, "broken", "INGEST_COMMAND_FAILED", "no space left"],
  ["a source that is real", {}, "inflow-spike", "INGEST_NOT_SIMULATED", "made-up:1 is no simulated network"],
])("%s is told to who asked, and the next command is carried out", async (_, capability, kind, code, words) => {
  run({ ...SOURCE, ...capability });
  for (let twice = 0; twice < 2; twice += 1) {
    const refusal = expect.objectContaining({ code, message: expect.stringContaining(words) });
    await expect(ask({ kind })).rejects.toEqual(refusal);
  }
});

test("a command of a newer program is told as unknown", async () => {
  run({ ...SOURCE, stageEvent: STAGE });
  await query(
    db,
    "INSERT INTO commands (kind, arguments, actor, take_by) VALUES ('tea.make', '{}', 'a test', now() + interval '5 s')",
  );
  const last = "SELECT error_code FROM commands WHERE kind = 'tea.make'";
  await expect.poll(() => query(db, last), { timeout: 3_000 }).toEqual([{ error_code: "INGEST_UNKNOWN_COMMAND" }]);
});

test("what somebody took who was killed is answered, once, by who comes next", async () => {
  const asked = ask({ kind: "inflow-spike" });
  asked.catch(() => undefined);
  await expect.poll(() => commands.takeCommand(db)).toMatchObject({ arguments: { kind: "inflow-spike" } });
  run({ ...SOURCE, stageEvent: STAGE });
  await expect(asked).rejects.toMatchObject({ code: "INGEST_COMMAND_ABANDONED" });
  expect((await ask({ kind: "inflow-spike", size: 2 })).size).toBe(2);
});

test("after its end nothing is taken", async () => {
  run({ ...SOURCE, stageEvent: STAGE });
  await stop();
  const asked = commands.askCommand(
    db,
    { kind: "simnet.event", arguments: { kind: "x" }, actor: "a", withinMs: 1_300 },
    signal,
  );
  await expect(asked).rejects.toMatchObject({ code: "STORE_COMMAND_EXPIRED" });
});
