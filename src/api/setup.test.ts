import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { drawSecrets, openSealed } from "#auth";
import { auditList, problem, setup, transactionLookup } from "#contract";
import { commands, type IngestState, saveBlocks, settings, writeHeartbeat } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { runTestApi } from "../../test/helpers/running-api.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";

const database = await openTestDatabase();
const { db } = database;
const secrets = drawSecrets();
const api = runTestApi(database, { secrets, transactionLink: "https://example.org/tx/{txid}" });

const SOURCE = "core:http://me:s3cret@10.0.0.7:8332";
const TXID = "ab".repeat(32);
const TRIED: commands.TriedSource = {
  source: "Bitcoin Core at http://10.0.0.7:8332",
  description: "Bitcoin Core 28.1.0, mainnet",
  network: "mainnet",
  simulated: false,
  tipHeight: 840_000,
  lowestHeight: 0,
  fits: null,
};

const READING: IngestState = {
  source: "core:http://10.0.0.7:8332",
  sourceKind: "chain",
  sourceDescription: "Bitcoin Core 28.1.0",
  sourceHealth: { state: "degraded", reason: "catching up" },
  chainTime: 1_900_000_000,
  tipHeight: 12,
  backfill: { blocksDone: 5, blocksTotal: 13, blocksPerSecond: 2, etaSeconds: 4 },
  quiet: [],
  mempool: null,
  model: null,
  missingForecasts: [],
  sourceChoice: "open",
};

type Asked = { readonly body?: unknown; readonly token?: string };

async function ask(method: string, path: string, { body, token = secrets.operatorToken }: Asked = {}) {
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

type Answer = (command: commands.TakenCommand) => commands.CommandAnswer;
const taken: commands.TakenCommand[] = [];
let answerTo: Answer | undefined;

/** Stands for whoever reads blocks. */
async function answering(answer: Answer): Promise<void> {
  answerTo = answer;
  await writeHeartbeat(db, "ingest", READING);
}

async function answerNext(): Promise<void> {
  const command = answerTo && (await commands.takeCommand(db));
  if (command === undefined || answerTo === undefined) return;
  taken.push(command);
  await commands.answerCommand(db, command.id, answerTo(command));
}

const timer = setInterval(() => void answerNext(), 20);
afterAll(() => clearInterval(timer));

const refuse = (code: string, message: string): Answer => {
  return () => ({ error: { code, message } });
};

beforeEach(async () => {
  taken.length = 0;
  answerTo = undefined;
  await query(db, "TRUNCATE commands, settings, heartbeats");
});

describe("set-up", () => {
  test("is for the operator alone, as the address that is asked may be any", async () => {
    for (const [method, path] of [
      ["GET", "/api/v1/setup"],
      ["POST", "/api/v1/setup/test"],
      ["PUT", "/api/v1/setup/source"],
    ] as const) {
      const response = await fetch(`${api.url}${path}`, { method });
      expect([path, response.status]).toEqual([path, 401]);
    }
  });

  test("tests a node by asking whoever reads blocks, and tells what it really answered", async () => {
    await answering(() => ({ result: TRIED }));
    const { status, body } = await ask("POST", "/api/v1/setup/test", { body: { source: SOURCE } });
    expect(status).toBe(200);
    expect(setup.sourceTest.parse(body)).toEqual({
      ok: true,
      message: "Bitcoin Core 28.1.0, mainnet, at block 840,000",
      code: null,
      tried: TRIED,
    });
    const [command] = taken;
    expect(command).toMatchObject({ kind: "source.test", actor: "the operator" });
    expect(JSON.stringify(await query(db, "SELECT * FROM commands"))).not.toContain("s3cret");
    const sealed = command?.kind === "source.test" ? command.arguments.sealedSource : "";
    expect(openSealed(secrets.instanceKey, "setting", sealed)).toBe(SOURCE);
  });

  test("a node that refuses is an answer, nobody who reads blocks is none", async () => {
    await answering(refuse("CHAIN_RPC_AUTH", "The node refuses the login: wrong user or password"));
    const { status, body } = await ask("POST", "/api/v1/setup/test", { body: { source: SOURCE } });
    expect([status, setup.sourceTest.parse(body)]).toEqual([
      200,
      { ok: false, message: expect.stringContaining("wrong user"), code: "CHAIN_RPC_AUTH", tried: null },
    ]);
    await query(db, "TRUNCATE heartbeats");
    const silent = await ask("POST", "/api/v1/setup/test", { body: { source: SOURCE } });
    expect([silent.status, problem.parse(silent.body).code]).toEqual([503, "STORE_COMMAND_EXPIRED"]);
    const bad = await ask("POST", "/api/v1/setup/test", { body: { source: "x" } });
    expect([bad.status, problem.parse(bad.body).errors?.[0]?.path]).toEqual([400, "/source"]);
  });

  test("a choice is handed on, told, and stands in the audit log without its password", async () => {
    await answering(() => ({ result: { ...TRIED, startHeight: 839_000 } }));
    const given = { source: SOURCE, startHeight: 839_000 };
    const { status, body } = await ask("PUT", "/api/v1/setup/source", { body: given });
    expect([status, setup.chosenSource.parse(body).startHeight]).toEqual([200, 839_000]);
    expect(taken[0]).toMatchObject({ kind: "source.use", arguments: { startHeight: 839_000 } });
    const { entries } = auditList.parse((await ask("GET", "/api/v1/audit")).body);
    expect(entries[0]).toMatchObject({ action: "setup.choose-source", details: { source: TRIED.source } });
    expect(JSON.stringify(entries)).not.toContain("s3cret");
    await answering(refuse("INGEST_SOURCE_FIXED", "--source names the source of this process"));
    const refused = await ask("PUT", "/api/v1/setup/source", { body: given });
    expect([refused.status, problem.parse(refused.body)]).toMatchObject([
      409,
      { code: "API_SOURCE_REFUSED", detail: "--source names the source of this process" },
    ]);
  });

  test("tells what is read, what was chosen and how far it is", async () => {
    const silent = setup.setupState.parse((await ask("GET", "/api/v1/setup")).body);
    expect(silent).toMatchObject({ ingest: "silent", source: null, choice: "unknown", chosen: null, network: null });
    await saveBlocks(db, storedChain(5));
    await writeHeartbeat(db, "ingest", READING);
    await settings.saveSettings(
      db,
      [
        { name: "source", value: "sealed", sealed: true },
        { name: "sourceShown", value: TRIED.source, sealed: false },
        { name: "historyBlocks", value: "13", sealed: false },
      ],
      { by: "the operator" },
    );
    expect(setup.setupState.parse((await ask("GET", "/api/v1/setup")).body)).toMatchObject({
      ingest: "running",
      source: { name: "core:http://10.0.0.7:8332", state: "degraded", reason: "catching up", tipHeight: 12 },
      choice: "open",
      chosen: { source: TRIED.source, historyBlocks: 13, by: "the operator" },
      progress: {
        stored: { first: 0, last: 4 },
        blocksDone: 5,
        blocksTotal: 13,
        blocksPerSecond: 2,
        etaSeconds: 4,
        blocksBehind: 8,
      },
    });
  });
});

describe("a transaction is looked up", () => {
  const lookUp = async (txid: string) =>
    transactionLookup.parse((await ask("GET", `/api/v1/transactions/${txid}/lookup`)).body);

  test("in what is stored first, and then nobody is asked", async () => {
    const [stored] = (await query(
      db,
      "SELECT evidence #>> '{transactions,0,txid}' AS txid FROM insights WHERE evidence->'transactions'->0 IS NOT NULL LIMIT 1",
    )) as readonly { txid: string }[];
    const found = await lookUp(stored?.txid ?? "");
    expect(found).toMatchObject({ known: "evidence", transaction: null, reason: null });
    expect(found.insights.length).toBeGreaterThan(0);
    expect(await query(db, "SELECT * FROM commands")).toEqual([]);
  });

  test("else by the node that is followed", async () => {
    const block = { hash: "cd".repeat(32), height: 7, time: 1_700_000_000 };
    const transaction = { txid: TXID, block, size: 200, weight: 561, fee: 1_000, coinbase: false, inputs: 1 };
    const outputs = [{ value: 5_000, address: null, type: "nulldata" }];
    await answering(() => ({ result: { found: { ...transaction, outputs, outputCount: 1, valueOut: 5_000 } } }));
    expect(await lookUp(TXID)).toMatchObject({
      known: "source",
      transfer: null,
      insights: [],
      transaction: { ...transaction, block: { ...block, time: "2023-11-14T22:13:20.000Z" }, outputs },
      link: `https://example.org/tx/${TXID}`,
    });
  });

  test("else where one may look, with the reason", async () => {
    await answering(() => ({ result: { found: null, reason: "no-index" } }));
    const link = `https://example.org/tx/${TXID}`;
    const reason = expect.stringContaining("txindex=1");
    expect(await lookUp(TXID)).toMatchObject({ known: "nowhere", transaction: null, reason, link });
    await answering(refuse("INGEST_SOURCE_SLOW", "No answer came within 3 s."));
    expect(await lookUp(TXID)).toMatchObject({ known: "nowhere", reason: "No answer came within 3 s." });
  });
});
