import { once } from "node:events";
import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOperatorCode, drawPersonId, drawSecrets, signSession } from "#auth";
import { auditList, problem, session } from "#contract";
import { createLogger } from "#lib";
import { claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { listPermissions, mayCall } from "./permissions.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-web-"));
const secrets = drawSecrets();
let api: RunningApi;
/** As the server names its cookies. */
let operatorCookie = "";
let operatorCookieName = "";

beforeAll(async () => {
  mkdirSync(join(webRoot, "assets"));
  writeFileSync(join(webRoot, "index.html"), "<title>utxoIQ</title>");
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(2));
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot, secrets });
  operatorCookie = cookieOf(await ask("GET", operatorLink()));
  operatorCookieName = operatorCookie.split("=")[0] ?? "";
});

afterAll(() => api.stop());

function operatorLink(): string {
  return `/operator?code=${createOperatorCode(secrets.instanceKey, Date.now() / 1_000)}`;
}

type Answer = { readonly status: number; readonly headers: IncomingMessage["headers"]; readonly body: string };

/** Not `fetch`, which keeps Origin, Cookie and Host to itself. A body that does not end is left. */
async function ask(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  localAddress = "127.0.0.1",
): Promise<Answer> {
  const { port } = new URL(api.url);
  const host = `localhost:${port}`;
  const outgoing = request({ port, host: "127.0.0.1", localAddress, method, path, headers: { host, ...headers } });
  outgoing.end();
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const isStream = response.headers["content-type"]?.startsWith("text/event-stream") === true;
  let body = "";
  if (!isStream) for await (const piece of response) body += String(piece);
  response.destroy();
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

function cookieOf({ headers }: Answer): string {
  return headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

const inAnHour = (): number => Math.floor(Date.now() / 1_000) + 3_600;
const operatorSession = (key: Uint8Array, expires: number): string =>
  `${operatorCookieName}=${signSession(key, { role: "operator", id: drawPersonId(), expires })}`;

type Asking = {
  readonly headers: () => Readonly<Record<string, string>>;
  readonly role: "guest" | "operator" | "none";
};

/** `none`: refused on every route. */
const ACTORS: Readonly<Record<string, Asking>> = {
  nobody: { headers: () => ({}), role: "guest" },
  "a tampered cookie": {
    headers: () => ({ cookie: operatorCookie.replace(/=./, (start) => (start === "=b" ? "=c" : "=b")) }),
    role: "guest",
  },
  "a cookie of another key": {
    headers: () => ({ cookie: operatorSession(drawSecrets().instanceKey, inAnHour()) }),
    role: "guest",
  },
  "an expired cookie": {
    headers: () => ({ cookie: operatorSession(secrets.instanceKey, Math.floor(Date.now() / 1_000) - 1) }),
    role: "guest",
  },
  "a person": {
    headers: () => ({
      cookie: `${operatorCookieName.replace("operator", "person")}=${signSession(secrets.instanceKey, { role: "person", id: drawPersonId(), expires: inAnHour() })}`,
    }),
    role: "guest",
  },
  "a person's cookie under the operator's name": {
    headers: () => ({
      cookie: `${operatorCookieName}=${signSession(secrets.instanceKey, { role: "person", id: drawPersonId(), expires: inAnHour() })}`,
    }),
    role: "guest",
  },
  "the operator's cookie": { headers: () => ({ cookie: operatorCookie }), role: "operator" },
  "the operator's token": {
    headers: () => ({ authorization: `Bearer ${secrets.operatorToken}` }),
    role: "operator",
  },
  "a wrong token": { headers: () => ({ authorization: "Bearer wrong" }), role: "none" },
};

const ROUTES = listPermissions().map(([route, permission]) => {
  const [method = "", url = ""] = route.split(" ");
  return { route, method, url, permission };
});

/** An address that the route matches; what it answers to that does not matter here. */
function addressOf(url: string): string {
  return url.replaceAll(/:\w+/g, "1").replace("*", "none.js");
}

describe.each(ROUTES)("$route", ({ method, url, permission }) => {
  test.each(Object.entries(ACTORS))("asked by %s", async (_name, { headers, role }) => {
    // From an address of the route's own: how often each of them may write is another test's.
    const from = `127.0.1.${1 + ROUTES.findIndex((one) => one.url === url && one.method === method)}`;
    const { status, body } = await ask(method, addressOf(url), headers(), from);
    const denied = role === "none" || (permission === "operator" && role !== "operator");
    const code = status === 401 ? problem.parse(JSON.parse(body)).code : undefined;
    expect(code === "API_UNAUTHORIZED").toBe(denied);
    expect([403, 429, 500]).not.toContain(status);
  });
});

describe.each(ROUTES.filter(({ method }) => method !== "GET"))("$route", ({ method, url }) => {
  test.each([
    ["of another site", { origin: "https://elsewhere.example" }],
    ["without a site", { origin: "null" }],
    ["of another port", { origin: "http://localhost:1" }],
    ["as the browser tells", { "sec-fetch-site": "cross-site" }],
  ])("from a page %s changes nothing, whoever asks", async (_name, from) => {
    for (const credentials of [{}, { cookie: operatorCookie }, { authorization: `Bearer ${secrets.operatorToken}` }]) {
      const { status, body } = await ask(method, addressOf(url), { ...credentials, ...from });
      expect(status, body).toBe(403);
    }
  });
});

test("a route that the table does not name is nobody's", () => {
  expect(mayCall("operator", "POST", "/api/v1/none")).toBe(false);
  expect(mayCall("operator", "GET", "")).toBe(false);
});

test("a link makes the browser that opens it first the operator's, and no other", async () => {
  const link = operatorLink();
  expect((await ask("HEAD", link)).status).toBe(404);
  const first = await ask("GET", link);
  expect(first).toMatchObject({ status: 302, headers: { location: "/dashboard", "cache-control": "no-store" } });
  const [header = ""] = first.headers["set-cookie"] ?? [];
  expect(header).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
  const mine = await ask("GET", "/api/v1/session", { cookie: cookieOf(first) });
  expect(session.parse(JSON.parse(mine.body))).toMatchObject({ role: "operator" });
  const second = await ask("GET", link);
  expect(second.headers["set-cookie"]).toBeUndefined();
  expect(problem.parse(JSON.parse(second.body))).toMatchObject({ status: 401, code: "API_CODE_REFUSED" });
  const { body } = await ask("GET", "/api/v1/audit?pageSize=1", { cookie: cookieOf(first) });
  expect(auditList.parse(JSON.parse(body)).entries).toMatchObject([{ action: "session.operator", role: "operator" }]);
});

test("whoever signs out is a guest in that browser", async () => {
  const out = await ask("DELETE", "/api/v1/session", { cookie: operatorCookie });
  expect(out.headers["set-cookie"]?.[0]).toMatch(/^utxoiq_operator_[0-9a-f]{8}=; Path=\/; Max-Age=0;/);
});

test("who changes too much waits, and is told how long", async () => {
  const id = drawPersonId();
  const cookie = `${operatorCookieName.replace("operator", "person")}=${signSession(secrets.instanceKey, { role: "person", id, expires: inAnHour() })}`;
  const first = await ask("DELETE", "/api/v1/session", { cookie });
  expect(first.headers["ratelimit-policy"]).toBe('"person";q=30;w=60, "address";q=120;w=60');
  expect(first.headers["ratelimit"]).toMatch(/^"person";r=29;t=60, "address";r=\d+;t=\d+$/);
  let last = first;
  for (let count = 1; count <= 30; count += 1) last = await ask("DELETE", "/api/v1/session", { cookie });
  expect(problem.parse(JSON.parse(last.body))).toMatchObject({ status: 429, code: "API_TOO_MANY_REQUESTS" });
  expect(Number(last.headers["retry-after"])).toBeGreaterThan(0);
  // Reading goes on, and so does the operator.
  expect((await ask("GET", "/api/v1/session", { cookie })).status).toBe(200);
  expect((await ask("DELETE", "/api/v1/session", { cookie: `${cookie}; ${operatorCookie}` })).status).toBe(200);
});
