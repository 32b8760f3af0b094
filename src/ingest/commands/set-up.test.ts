import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { type AppError, createLogger } from "#lib";
import { claimChain, commands, saveBlocks, settings } from "#store";
import { startCoreNode, withMadeUpCoinHeights } from "../../../test/helpers/core-node/index.ts";
import { emptyDatabase, openTestDatabase, query } from "../../../test/helpers/database.ts";
import { storedChain } from "../../../test/helpers/stored-blocks.ts";
import { extend } from "../../../test/fixtures/small-chain.ts";
import { carryOutCommands } from "./carry-out-commands.ts";
import type { SetUp } from "./set-up.ts";

const { db, connection } = await openTestDatabase();
const logger = createLogger(undefined, "silent");
const { signal } = new AbortController();
const PASSWORD = "s3cret";

const chain = withMadeUpCoinHeights(extend([], 12, "main"));
const login = { user: "me", password: PASSWORD };
const node = await startCoreNode({ network: NETWORKS.regtest, chain, login });
afterAll(() => node.stop());

/** Stands for the cipher of the instance's key, which another room has. */
const sealed = new Map<string, string>();
function seal(text: string): string {
  const name = randomUUID();
  sealed.set(name, text);
  return name;
}

let chosen = 0;
let stop = async (): Promise<void> => {};
beforeEach(async () => {
  chosen = 0;
  await emptyDatabase(db);
  await query(db, "TRUNCATE settings, chain, commands");
});
afterEach(() => stop());

function run(options: Partial<SetUp> = {}): void {
  const ending = new AbortController();
  const setUp: SetUp = {
    unseal: (name) => sealed.get(name),
    sourceSaid: false,
    mayLeaveDatabase: true,
    ofDirectory: "mainnet",
    requestsPerSecond: 10,
    onChosen: () => (chosen += 1),
    ...options,
  };
  const running = carryOutCommands({ db, connection, source: () => undefined, setUp, logger, signal: ending.signal });
  stop = () => {
    ending.abort();
    return running;
  };
}

function ask(source: string): Promise<commands.TriedSource> {
  const given = { sealedSource: seal(source) };
  return commands.askCommand(db, { kind: "source.test", arguments: given, actor: "a test" }, signal);
}

function choose(source: string, startHeight: number | null = null) {
  const given = { sealedSource: seal(source), startHeight };
  return commands.askCommand(db, { kind: "source.use", arguments: given, actor: "a test" }, signal);
}

const refusal = (code: string, words: string) => ({ code, message: expect.stringContaining(words) });

test("a node that answers is told as what it is, while the present source is still waited for", async () => {
  run();
  expect(await ask(node.source)).toEqual({
    source: `Bitcoin Core at ${node.url}`,
    description: expect.stringMatching(/Bitcoin Core 28.*regtest, not pruned/),
    network: "regtest",
    simulated: false,
    tipHeight: 11,
    lowestHeight: 0,
    fits: null,
  });
  expect(await ask("simnet:3")).toMatchObject({ network: "simnet", simulated: true, tipHeight: null });
});

test.each([
  ["a wrong password", () => node.source.replace(PASSWORD, "guess"), "CHAIN_RPC_AUTH", "wrong user or password"],
  ["nobody there", () => "core:http://me:pw@127.0.0.1:9", "CHAIN_RPC_UNREACHABLE", "connection refused"],
  ["no source at all", () => "ftp://host", "CHAIN_SOURCE_UNKNOWN", "is not a source"],
  ["no directory", () => "dir:/no/such/place", "CHAIN_DIRECTORY_UNREADABLE", "/no/such/place"],
  ["none of several", () => "core:http://me:pw@127.0.0.1:9,core:http://me:pw@127.0.0.1:10", "CHAIN_NO_SOURCE", ":10"],
])("%s is told as the node or the system said it", async (_, source, code, words) => {
  run();
  await expect(ask(source())).rejects.toMatchObject(refusal(code, words));
});

test("a choice is stored sealed, who chose has the answer, and then it is begun anew", async () => {
  run();
  expect(await choose(node.source, 5)).toMatchObject({ network: "regtest", startHeight: 5 });
  await expect.poll(() => chosen).toBe(1);
  const stored = await settings.readSettings(db);
  expect(stored.get("source")).toMatchObject({ sealed: true, changedBy: "a test" });
  expect(sealed.get(stored.get("source")?.value ?? "")).toBe(node.source);
  expect(stored.get("historyBlocks")?.value).toBe("7");
  expect(stored.get("sourceShown")?.value).toBe(`Bitcoin Core at ${node.url}`);
  const rows = JSON.stringify([...stored.values(), ...(await query(db, "SELECT * FROM commands"))]);
  expect(rows).not.toContain(PASSWORD);
  await choose(node.source);
  expect((await settings.readSettings(db)).has("historyBlocks")).toBe(false);
});

test("where blocks are stored, the same chain goes on and where to start is not asked any more", async () => {
  run();
  await claimChain(db, { network: "regtest", chainId: NETWORKS.regtest.genesisHash ?? "", simulated: false });
  await saveBlocks(db, storedChain(3));
  expect(await choose(node.source, 5)).toMatchObject({ fits: true, startHeight: null });
});

test("another network is chosen where it may have a data directory of its own, another chain of the same is not", async () => {
  await claimChain(db, { network: "simnet", chainId: "simnet:1:x", simulated: true });
  run();
  expect(await choose(node.source, 5)).toMatchObject({ fits: false, startHeight: 5 });
  await expect(choose("simnet:2")).rejects.toMatchObject(refusal("INGEST_OTHER_CHAIN", "--data"));
  await stop();
  run({ mayLeaveDatabase: false });
  await expect(choose(node.source)).rejects.toMatchObject(refusal("INGEST_OTHER_CHAIN", "regtest"));
});

test("what cannot be is refused, and nothing is stored or begun", async () => {
  run();
  await expect(choose(node.source, 12)).rejects.toMatchObject(refusal("INGEST_START_HEIGHT", "0 to 11"));
  await expect(choose("simnet:2", 5)).rejects.toMatchObject(refusal("INGEST_START_HEIGHT", "not known"));
  await stop();
  run({ sourceSaid: true });
  await expect(choose(node.source)).rejects.toMatchObject(refusal("INGEST_SOURCE_FIXED", "--source"));
  await stop();
  run({ unseal: () => undefined });
  await expect(choose(node.source)).rejects.toMatchObject(refusal("INGEST_SEALED_ELSEWHERE", "UTXOIQ_INSTANCE_KEY"));
  expect(chosen).toBe(0);
  expect((await settings.readSettings(db)).size).toBe(0);
});

test("what else is asked waits until the source is open", async () => {
  run();
  const find = {
    kind: "transaction.find",
    arguments: { txid: "ab".repeat(32) },
    actor: "a test",
    withinMs: 1_200,
  } as const;
  const asked: Promise<AppError> = commands.askCommand(db, find, signal).then(
    () => expect.unreachable(),
    (error: AppError) => error,
  );
  expect((await asked).code).toBe("STORE_COMMAND_EXPIRED");
});
