import { afterAll, beforeAll, expect, test } from "vitest";
import { createLogger } from "#lib";
import { claimChain, saveBlocks } from "#store";
import { browserOf } from "../../test/helpers/accounts/browser.ts";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const LIMIT = 8;
let api: RunningApi;

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(2));
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/none", burstLimit: LIMIT });
});

afterAll(() => api.stop());

test.each([
  ["a wrong token", "/api/v1/tip", { authorization: "Bearer wrong" }, 401],
  ["a wrong key", "/api/v1/tip", { authorization: `Bearer utxoiq_00000000_${"a".repeat(43)}` }, 401],
  ["an address that is none", "/api/v1/nowhere", {}, 404],
])("whoever tries %s again and again is refused, and nobody else", async (_name, path, headers, status) => {
  const here = browserOf(api, headers);
  const statuses: number[] = [];
  for (let count = 0; count <= LIMIT; count += 1) statuses.push((await here.get(path)).status);
  expect(statuses).toEqual([...Array.from({ length: LIMIT }, () => status), 429]);
  expect((await browserOf(api).get("/api/v1/tip")).status).toBe(200);
});

test("what a tool of an assistant asks counts for the address that it asks from", async () => {
  const here = browserOf(api, { accept: "application/json, text/event-stream" });
  const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "get_tip", arguments: {} } };
  const answers: string[] = [];
  // Each call is two requests: its own, and that of the tool.
  for (let count = 0; count <= LIMIT / 2; count += 1)
    answers.push(JSON.stringify((await here.send("POST", "/mcp", call)).body));
  expect(answers[0]).not.toContain("too much was asked");
  expect(answers.at(-1)).toContain("too much was asked");
  // Nobody asks from the server's own address here.
  expect((await fetch(`${api.url.replace("localhost", "127.0.0.1")}/api/v1/tip`)).status).toBe(200);
});
