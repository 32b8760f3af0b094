import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLogger } from "#lib";
import { claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { storedChain } from "../../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "../start-api.ts";
import { TOOLS } from "./tools.ts";

const MAIN = join(import.meta.dirname, "../../main.ts");
const NOBODY = "http://127.0.0.1:9";

const { db, connection } = await openTestDatabase();
const blocks = storedChain(20, 5);
let api: RunningApi;

beforeAll(async () => {
  const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-web-"));
  writeFileSync(join(webRoot, "index.html"), "<title>utxoIQ</title>");
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, blocks);
  api = await startApi({
    db,
    connection,
    logger: createLogger(undefined, "silent"),
    host: "127.0.0.1",
    port: 0,
    webRoot,
  });
});

afterAll(() => api.stop());

type Transport = Parameters<Client["connect"]>[0];

const overHttp = (): Transport => new StreamableHTTPClientTransport(new URL(`${api.url}/mcp`));
const overStdio = (url: string): Transport =>
  new StdioClientTransport({ command: process.execPath, args: [MAIN, "mcp", "--url", url], stderr: "inherit" });

async function connected<Result>(transport: Transport, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function ask(client: Client, name: string, given: Record<string, unknown> = {}) {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const [first] = content as readonly { readonly type: string; readonly text: string }[];
  return { isError: isError === true, text: first?.text ?? "" };
}

describe("an assistant", () => {
  test("is told what it may ask, what the numbers mean, and that every tool only reads", async () => {
    await connected(overHttp(), async (client) => {
      expect(client.getInstructions()).toContain("satoshis");
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
      for (const { annotations, inputSchema } of tools) {
        expect(annotations?.readOnlyHint).toBe(true);
        expect(inputSchema.type).toBe("object");
      }
    });
  });

  test.each([
    ["over HTTP", overHttp],
    ["by a command, over standard input and output", () => overStdio(api.url)],
  ])("asks %s, and gets what the API answers", async (_, transport) => {
    await connected(transport(), async (client) => {
      const told = JSON.parse((await ask(client, "get_tip")).text) as { height: number; hash: string };
      expect(told).toMatchObject({ height: 24, hash: blocks.at(-1)?.header.hash });
      const list = JSON.parse((await ask(client, "list_insights", { pageSize: 2 })).text) as {
        insights: { id: string }[];
      };
      expect(list.insights).toHaveLength(2);
      expect((await ask(client, "list_insights", { category: "whale,mempool" })).isError).toBe(false);
      const id = list.insights[0]?.id;
      expect(JSON.parse((await ask(client, "get_insight", { id })).text)).toMatchObject({ id });
      const days = await ask(client, "get_series", { metric: "txs", resolution: "block" });
      expect(JSON.parse(days.text)).toMatchObject({ resolution: "block", points: expect.any(Array) });
    });
  });

  test("gets the API's own words where something is not there, and may ask on", async () => {
    await connected(overHttp(), async (client) => {
      const missing = await ask(client, "get_block", { block: "999999" });
      expect(missing.isError).toBe(true);
      expect(JSON.parse(missing.text)).toMatchObject({ status: 404, code: "API_BLOCK_NOT_FOUND" });
      expect((await ask(client, "get_insight", { id: "no id" })).isError).toBe(true);
      expect((await ask(client, "list_blocks")).isError).toBe(false);
    });
  });

  test("hears that no server runs, and where one was looked for", async () => {
    await connected(overStdio(NOBODY), async (client) => {
      const { isError, text } = await ask(client, "get_tip");
      expect(isError).toBe(true);
      expect(text).toContain(`No utxoIQ server answers at ${NOBODY}`);
    });
  });
});

test("every tool asks for an address that there is", async () => {
  const given: Readonly<Record<string, Record<string, unknown>>> = {
    get_insight: { id: blocks[3]?.insights[0]?.id },
    get_block: { block: "10" },
    get_series: { metric: "txs" },
    get_brief: { date: "2031-01-14" },
  };
  await connected(overHttp(), async (client) => {
    for (const { name } of TOOLS) {
      const { text } = await ask(client, name, given[name]);
      expect(JSON.parse(text), name).not.toMatchObject({ code: "API_ROUTE_NOT_FOUND" });
      expect(JSON.parse(text), name).not.toMatchObject({ code: "API_BAD_REQUEST" });
    }
  });
});

test("a page of another origin may not ask with its visitor's reach", async () => {
  const response = await fetch(`${api.url}/mcp`, {
    method: "POST",
    headers: { origin: "https://elsewhere.example", "content-type": "application/json" },
    body: "{}",
  });
  expect(response.status).toBe(403);
});
