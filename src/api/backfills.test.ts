import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { drawSecrets } from "#auth";
import {
  auditList,
  backfillDetail,
  backfillJob,
  backfillList,
  problem,
  serverMessage,
  insightMetrics,
  signalMetrics,
  systemMetrics,
} from "#contract";
import { createLogger } from "#lib";
import { backfill, claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const secrets = drawSecrets();
const PATH = "/api/v1/monitoring/backfill";
let api: RunningApi;

beforeAll(async () => {
  const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-web-"));
  mkdirSync(join(webRoot, "assets"));
  writeFileSync(join(webRoot, "index.html"), "<title>utxoIQ</title>");
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(20));
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot, secrets });
});

afterAll(() => api.stop());

type Asked = { readonly body?: unknown; readonly operator?: boolean };

async function ask(method: string, path: string, { body, operator = true }: Asked = {}) {
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: {
      ...(operator ? { authorization: `Bearer ${secrets.operatorToken}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

describe("backfills by the API", () => {
  test("are read by everybody and started by the operator alone", async () => {
    expect(backfillList.parse((await ask("GET", PATH, { operator: false })).body)).toEqual({
      stored: { first: 0, last: 19 },
      jobs: [],
    });
    const refused = await ask("POST", PATH, { body: { from: 0, to: 9 }, operator: false });
    expect(refused.status).toBe(401);
    expect(problem.parse(refused.body).code).toBe("API_UNAUTHORIZED");
    expect(await backfill.listJobs(db, 10)).toEqual([]);
  });

  test("go through their states, and who changed them is on record", async () => {
    const started = await ask("POST", PATH, { body: { from: 2, to: 9, only: "signals" } });
    expect(started.status).toBe(201);
    const { id, status } = backfillJob.parse(started.body);
    expect(status).toBe("queued");
    const change = (what: string) => ask("POST", `${PATH}/${id}/${what}`);
    expect((await change("pause")).body).toMatchObject({ status: "paused" });
    const again = await change("pause");
    expect([again.status, problem.parse(again.body).code]).toEqual([409, "STORE_BACKFILL_STATE"]);
    expect((await change("resume")).body).toMatchObject({ status: "queued" });
    expect((await change("cancel")).body).toMatchObject({ status: "cancelled" });
    expect((await ask("POST", `${PATH}/${id}/stop`)).status).toBe(400);

    await backfill.noteFailure(db, { jobId: id, height: 3 }, { code: "SOME_CODE", message: "it failed" });
    const detail = backfillDetail.parse((await ask("GET", `${PATH}/${id}`)).body);
    expect(detail).toMatchObject({ errorCount: 1, parkedCount: 0 });
    expect(detail.errors).toMatchObject([{ height: 3, parked: false, code: "SOME_CODE", message: "it failed" }]);
    const { entries } = auditList.parse((await ask("GET", "/api/v1/audit")).body);
    expect(entries.map(({ action }) => action)).toEqual([
      "backfill.cancel",
      "backfill.resume",
      "backfill.pause",
      "backfill.start",
    ]);
  });

  test("that make no sense are refused with the reason", async () => {
    for (const body of [{ from: 0, to: 99 }, { from: 9, to: 2 }, { from: 0 }, { from: -1, to: 2 }, { to: 3 }, {}]) {
      const { status, body: answer } = await ask("POST", PATH, { body });
      expect([status, problem.parse(answer).status], JSON.stringify(body)).toEqual([400, 400]);
    }
    const unknown = await ask("GET", `${PATH}/999`);
    expect([unknown.status, problem.parse(unknown.body).code]).toEqual([404, "STORE_BACKFILL_UNKNOWN"]);
  });

  test("stand beside measurements that everybody may read", async () => {
    for (const [path, schema] of [
      ["system?hours=2", systemMetrics],
      ["system?hours=72", systemMetrics],
      ["signals?days=3&resolution=hour", signalMetrics],
      ["insights", insightMetrics],
    ] as const) {
      const { status, body } = await ask("GET", `/api/v1/monitoring/metrics/${path}`, { operator: false });
      expect(status, path).toBe(200);
      expect(schema.parse(body).points).toBeInstanceOf(Array);
    }
    expect((await ask("GET", "/api/v1/monitoring/metrics/system?hours=0")).status).toBe(400);
  });

  test("are told on the monitoring stream when they change", async () => {
    const socket = new WebSocket(`${api.url.replace("http", "ws")}/ws/monitoring`);
    const seen: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    socket.on("open", () => socket.send(JSON.stringify({ type: "subscribe", topics: ["backfill"] })));
    socket.on("message", (raw: Buffer) => {
      const message = serverMessage.parse(JSON.parse(raw.toString()));
      if (message.type !== "backfill") return;
      seen.push(message.data.jobs[0]?.status ?? "none");
      if (seen.length === 1) void ask("POST", PATH, { body: { from: 2, to: 9 } });
      else if (message.data.jobs[0]?.status === "queued") resolve();
    });
    await promise;
    socket.close();
    // Told once each time: it changed as often as it was told.
    expect(seen.at(-1)).toBe("queued");
    expect(new Set(seen).size).toBe(seen.length);
  });
});
