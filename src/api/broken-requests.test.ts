import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawSecrets } from "#auth";
import { problem, type Problem } from "#contract";
import { createLogger } from "#lib";
import { claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { logRefusals } from "./log-refusals.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const log = join(mkdtempSync(join(tmpdir(), "utxoiq-log-")), "utxoiq.log");
const secrets = drawSecrets();
let api: RunningApi;

const start = () =>
  startApi({
    db,
    connection,
    logger: createLogger(log, "info"),
    host: "127.0.0.1",
    port: 0,
    webRoot: "/none",
    secrets,
    guests: "feed",
  });

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(2));
  api = await start();
});

afterAll(() => api.stop());

async function connectTo({ url }: RunningApi) {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  let received = "";
  socket.on("data", (bytes) => (received += String(bytes))).on("error", () => undefined);
  return { socket, all: once(socket, "close").then(() => received) };
}

/** The last answer that comes back for these bytes. */
async function send(text: string): Promise<{ readonly head: string; readonly told: Problem }> {
  const { socket, all } = await connectTo(api);
  socket.write(text);
  return parse(await all);
}

function parse(text: string): { readonly head: string; readonly told: Problem } {
  const at = text.lastIndexOf("HTTP/1.1 ");
  const [head = "", body = ""] = text.slice(at).split("\r\n\r\n");
  return { head, told: problem.parse(JSON.parse(body)) };
}

const get = (path: string, more = ""): string =>
  `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${more}\r\n`;

test.each([
  ["what is no HTTP", "nonsense\r\n\r\n", 400, "API_BAD_REQUEST"],
  ["a method that nobody knows", "FOO / HTTP/1.1\r\nhost: localhost\r\n\r\n", 400, "API_BAD_REQUEST"],
  ["headers that are too large", get("/livez", `x: ${"a".repeat(20_000)}\r\n`), 431, "API_HEADERS_TOO_LARGE"],
  ["an address that is too long", get(`/livez?q=${"a".repeat(9_000)}`), 414, "API_ADDRESS_TOO_LONG"],
  ["a name that is too long", get(`/api/v1/series/${"a".repeat(300)}`), 414, "API_ADDRESS_TOO_LONG"],
  ["an address that cannot be decoded", get("/api/v1/blocks/%E0%A4%A"), 400, "API_BAD_REQUEST"],
  ["a WebSocket, asked for as a page", get("/ws/insights"), 426, "API_UPGRADE_REQUIRED"],
  ["a method that the path has not", get("/mcp"), 405, "API_METHOD_NOT_ALLOWED"],
])("%s is refused as a problem, and the log has its id", async (_name, text, status, code) => {
  const { head, told } = await send(text);
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain("content-type: application/problem+json");
  expect(told).toMatchObject({ status, code });
  // The log is written a moment later.
  const linesOf = (): string[] =>
    readFileSync(log, "utf8")
      .split("\n")
      .filter((one) => one.includes(told.requestId));
  await expect.poll(linesOf).toHaveLength(1);
  const [line = ""] = linesOf();
  expect(JSON.parse(line)).toMatchObject({ msg: "request refused", status, code });
  // What was asked for in it may be a secret.
  expect(line).not.toContain("q=a");
});

test("while the server stops, what still comes over an open connection is told so", async () => {
  const stopping = await start();
  const { socket, all } = await connectTo(stopping);
  socket.write("POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{");
  await pause(100);
  const stopped = stopping.stop();
  await pause(50);
  socket.write(`}${get("/livez")}`);
  const { head, told } = parse(await all);
  await stopped;
  expect(told).toMatchObject({ status: 503, code: "API_STOPPING" });
  expect(head).toContain("retry-after: 5");
});

describe("a path that has the method not", () => {
  const ask = async (method: string, path: string, token?: string) => {
    const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const response = await fetch(`${api.url}${path}`, { method, headers });
    const told = problem.parse(await response.json());
    return { code: told.code, allow: response.headers.get("allow") };
  };
  const notAllowed = (allow: string) => ({ code: "API_METHOD_NOT_ALLOWED", allow });

  test("names those by which whoever asks may call it", async () => {
    expect(await ask("POST", "/api/v1/insights")).toEqual(notAllowed("GET, HEAD"));
    expect(await ask("DELETE", "/api/v1/briefs/2031-01-14.md")).toEqual(notAllowed("GET, HEAD"));
    expect(await ask("PUT", "/api/v1/session")).toEqual(notAllowed("DELETE, GET, HEAD"));
    expect(await ask("GET", "/api/v1/auth/sign-in")).toEqual(notAllowed("POST"));
  });

  test("is told of to nobody who may do nothing with it", async () => {
    const nothing = { code: "API_ROUTE_NOT_FOUND", allow: null };
    expect(await ask("PUT", "/api/v1/people")).toEqual(nothing);
    expect(await ask("PUT", "/api/v1/people", secrets.operatorToken)).toEqual(notAllowed("GET, HEAD"));
    // Guests may read the feed here alone.
    expect(await ask("POST", "/api/v1/blocks/3")).toEqual(nothing);
    expect(await ask("POST", "/api/v1/nowhere")).toEqual(nothing);
  });
});

test("so many refusals a minute are in the log, and how many more there were", () => {
  const lines: object[] = [];
  const logger = { info: (details: object) => void lines.push(details) } as unknown as Parameters<
    typeof logRefusals
  >[0];
  let now = 0;
  const refuse = logRefusals(logger, () => now);
  const told: Problem = {
    type: "about:blank",
    title: "t",
    status: 404,
    detail: "d",
    instance: `/${"a".repeat(500)}?b`,
    code: "C",
    requestId: "r",
  };
  for (let count = 0; count < 300; count += 1) refuse(told, "GET");
  expect(lines).toHaveLength(120);
  expect(lines[0]).toEqual({ requestId: "r", method: "GET", path: `/${"a".repeat(199)}`, status: 404, code: "C" });
  now = 60_000;
  refuse(told);
  expect(lines.slice(120)).toMatchObject([{ more: 180 }, { requestId: "r" }]);
});
