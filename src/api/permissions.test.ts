import { createHmac, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type AccountOptions,
  createApiKey,
  createTokens,
  createOperatorCode,
  drawId,
  drawSecrets,
  listPublicKeys,
  openAccounts,
  type Role,
  signSession,
} from "#auth";
import { accounts as accountContract, auditList, problem, session } from "#contract";
import { createLogger } from "#lib";
import { access, claimChain, saveBlocks } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { keepingOf } from "./keep-answers.ts";
import { listPermissions, mayCall, permissionsOf } from "./permissions.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-web-"));
const secrets = drawSecrets();
const mailed: Pick<AccountOptions, "publicUrl" | "registration" | "sendLetter"> = {
  publicUrl: "http://localhost",
  registration: "invite",
  sendLetter: () => Promise.resolve(),
};
const accounts = openAccounts({ ...mailed, db, instanceKey: secrets.instanceKey, onFault: () => undefined });
/** Of each role some accounts that take turns, and some more, because each may write so much in a minute. */
const AT_ONCE = 3;
const accountsOf = new Map<Name, string[]>();
let turn = 0;
const personOf = (name: Name): string => accountsOf.get(name)?.[turn % AT_ONCE] ?? "";
/** Of the others it is a member's. */
const ROLE_OF: Readonly<Partial<Record<Name, access.accounts.PersonRole>>> = {
  analyst: "analyst",
  service: "service",
  admin: "admin",
  former: "admin",
  "former holder": "admin",
  "analyst bearer": "analyst",
  "admin bearer": "admin",
};

type Name =
  | access.accounts.PersonRole
  | "former"
  | "former bearer"
  | "former holder"
  | "idle"
  | "bearer"
  | "analyst bearer"
  | "admin bearer"
  | "holder"
  | "other holder";
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
  api = await startApi({
    db,
    connection,
    logger,
    host: "127.0.0.1",
    port: 0,
    webRoot,
    secrets,
    accounts: mailed,
    guests: "feed",
  });
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  const names = [
    "member",
    "analyst",
    "service",
    "admin",
    "former",
    "former bearer",
    "former holder",
    "idle",
    "bearer",
    "analyst bearer",
    "admin bearer",
    "holder",
    "other holder",
  ] as const;
  for (const name of names) {
    const role = ROLE_OF[name] ?? "member";
    const made = Array.from({ length: AT_ONCE }, async (_, index) => {
      const person = { name, email: `${name.replace(" ", "-")}-${index}@example.org`, emailVerified: true, role };
      return (await internalAdapter.createUser(person, { method: "admin" })).id;
    });
    accountsOf.set(name, await Promise.all(made));
  }
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
const operatorSession = (key: Uint8Array, expires: number, id = drawId()): string =>
  `${operatorCookieName}=${signSession(key, { role: "operator", id, expires })}`;

/** A browser of the operator's, and what became of it. */
async function operatorBrowser(then?: string): Promise<string> {
  const id = drawId();
  const expires = inAnHour();
  const audit = { ...by, action: "session.operator", target: "test" };
  const session = { id, expiresAt: new Date(expires * 1_000), address: null, userAgent: null, audit };
  await access.beginOperatorSession(db, session);
  if (then !== undefined) await query(db, `${then} WHERE id = '${id}'`);
  return operatorSession(secrets.instanceKey, expires, id);
}

// Keys are made for one route each.
beforeEach(async () => {
  turn += 1;
  await query(db, "DELETE FROM api_keys");
});

type Asker = Role | "key" | "bare key";

type Asking = {
  readonly headers: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly role: Asker | "none";
};

/** A session that somebody of a role has just opened. */
async function sessionCookie(role: Name): Promise<string> {
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  const { token } = await internalAdapter.createSession(personOf(role));
  return cookieFor(token);
}

function cookieFor(token: string, secret = accounts.secret): string {
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  return `${accounts.cookieName}=${encodeURIComponent(`${token}.${signature}`)}`;
}

/** Who does what the tests do by themselves. */
const by = { role: "operator", personId: null, address: null, requestId: null };

/** A key that somebody of a role has just made. */
async function keyOf(role: Name, scopes: readonly string[], then?: string) {
  const person = await access.accounts.findPerson(db, personOf(role));
  if (person === undefined) throw new Error(`nobody is ${role}`);
  // Other tests say how many keys somebody may have, and how much they may ask with them.
  await query(db, `DELETE FROM usage_counts`);
  const { key, id } = await createApiKey(db, { ...person, tier: "power" }, { name: "k", scopes, days: 1, by });
  if (then !== undefined) await query(db, `${then} WHERE id = '${id}'`);
  return { authorization: `Bearer ${key}` };
}

async function endSessions(role: Name): Promise<void> {
  const audit = { ...by, action: "session.end-all", target: role };
  await access.accounts.endSessions(db, { personId: personOf(role), audit });
}

async function tokenOf(role: Name) {
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  const personId = personOf(role);
  const { id } = await internalAdapter.createSession(personId);
  return { authorization: `Bearer ${(await createTokens(accounts, { personId, sessionId: id, by })).token}` };
}

type Forgery = {
  readonly alg?: string;
  /** `ours` where the signature is right and something else is not. */
  readonly key?: "ours" | "another";
  readonly claims?: Readonly<Record<string, unknown>>;
};

/** An administrator's token that is right but for one thing. */
async function forged({ alg = "EdDSA", key = "ours", claims = {} }: Forgery) {
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  const sub = personOf("admin");
  const { id: sid } = await internalAdapter.createSession(sub);
  const audit = { ...by, action: "token.create", target: `session ${sid}` };
  await access.accounts.saveRefreshToken(db, { hash: randomBytes(32), family: sid, sessionId: sid, audit });
  const now = Math.floor(Date.now() / 1_000);
  const issuer = { iss: accounts.publicUrl, aud: accounts.publicUrl };
  const payload = { sub, sid, line: sid, ...issuer, iat: now, exp: now + 600, ...claims };
  if (alg === "EdDSA" && key === "ours") {
    const { api: signer } = await accounts.betterAuth();
    return { authorization: `Bearer ${(await signer.signJWT({ body: { payload } })).token}` };
  }
  const { keys } = await listPublicKeys(accounts);
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${encode({ alg, kid: keys[0]?.kid })}.${encode(payload)}`;
  const secret = alg === "HS256" ? JSON.stringify(keys[0]) : "";
  const signed =
    alg === "none"
      ? Buffer.alloc(0)
      : alg === "HS256"
        ? createHmac("sha256", secret).update(text).digest()
        : sign(null, Buffer.from(text), generateKeyPairSync("ed25519").privateKey);
  return { authorization: `Bearer ${text}.${signed.toString("base64url")}` };
}

/** `none`: refused on every route. */
const ACTORS: Readonly<Record<string, Asking>> = {
  nobody: { headers: () => ({}), role: "guest" },
  "a tampered cookie of the operator": {
    headers: () => ({ cookie: operatorCookie.replace(/=./, (start) => (start === "=b" ? "=c" : "=b")) }),
    role: "guest",
  },
  "a cookie of another key": {
    headers: () => ({ cookie: operatorSession(drawSecrets().instanceKey, inAnHour()) }),
    role: "guest",
  },
  "an expired cookie of the operator": {
    headers: () => ({ cookie: operatorSession(secrets.instanceKey, Math.floor(Date.now() / 1_000) - 1) }),
    role: "guest",
  },
  "an anonymous person": {
    headers: () => ({
      cookie: `${operatorCookieName.replace("operator", "person")}=${signSession(secrets.instanceKey, { role: "person", id: drawId(), expires: inAnHour() })}`,
    }),
    role: "guest",
  },
  "a person's cookie under the operator's name": {
    headers: () => ({
      cookie: `${operatorCookieName}=${signSession(secrets.instanceKey, { role: "person", id: drawId(), expires: inAnHour() })}`,
    }),
    role: "guest",
  },
  "a member": { headers: async () => ({ cookie: await sessionCookie("member") }), role: "member" },
  "an analyst": { headers: async () => ({ cookie: await sessionCookie("analyst") }), role: "analyst" },
  "a service": { headers: async () => ({ cookie: await sessionCookie("service") }), role: "service" },
  "an administrator": { headers: async () => ({ cookie: await sessionCookie("admin") }), role: "admin" },
  "an administrator's cookie, tampered with": {
    headers: async () => ({
      cookie: (await sessionCookie("admin")).replace(/=./, (start) => (start === "=b" ? "=c" : "=b")),
    }),
    role: "guest",
  },
  "an administrator's session under another secret": {
    headers: () => ({ cookie: cookieFor("x".repeat(32), "another") }),
    role: "guest",
  },
  "a session that has ended": {
    headers: async () => {
      const cookie = await sessionCookie("former");
      await endSessions("former");
      return { cookie };
    },
    role: "guest",
  },
  "a session that is too old": {
    headers: async () => {
      const cookie = await sessionCookie("former");
      await query(db, `UPDATE sessions SET expires_at = now() WHERE person_id = '${personOf("former")}'`);
      return { cookie };
    },
    role: "guest",
  },
  "a session that nobody has used for long": {
    headers: async () => {
      const cookie = await sessionCookie("idle");
      await query(
        db,
        `UPDATE sessions SET used_at = now() - interval '15 days' WHERE person_id = '${personOf("idle")}'`,
      );
      return { cookie };
    },
    role: "guest",
  },
  "a member's key for all that they may": {
    headers: () => keyOf("holder", ["feed", "chain", "feedback"]),
    role: "key",
  },
  "a key with scopes that its person has not": {
    headers: () => keyOf("other holder", ["feed", "chain", "feedback", "operate", "account", "administer"]),
    role: "key",
  },
  "a key without the scope": { headers: () => keyOf("admin", []), role: "bare key" },
  "a revoked key": {
    headers: () => keyOf("former holder", ["feed", "chain"], "UPDATE api_keys SET revoked_at = now()"),
    role: "none",
  },
  "an expired key": {
    headers: () => keyOf("former holder", ["feed", "chain"], "UPDATE api_keys SET expires_at = now()"),
    role: "none",
  },
  "a key with a character changed": {
    headers: async () => ({ authorization: (await keyOf("member", ["feed"])).authorization.replace(/.$/, "!") }),
    role: "none",
  },
  "a member's token": { headers: () => tokenOf("bearer"), role: "member" },
  "a token of a session that has ended": {
    headers: async () => {
      const token = await tokenOf("former bearer");
      await endSessions("former bearer");
      return token;
    },
    role: "none",
  },
  "a token of no algorithm": { headers: () => forged({ alg: "none" }), role: "none" },
  "a token of another key": { headers: () => forged({ key: "another" }), role: "none" },
  "a token signed with the public key as a secret": { headers: () => forged({ alg: "HS256" }), role: "none" },
  "a token of another issuer": {
    headers: () => forged({ claims: { iss: "https://elsewhere.example" } }),
    role: "none",
  },
  "a token for another audience": {
    headers: () => forged({ claims: { aud: "https://elsewhere.example" } }),
    role: "none",
  },
  "a token of somebody else's session": {
    headers: () => forged({ claims: { sub: personOf("member") } }),
    role: "none",
  },
  "an expired token": { headers: () => forged({ claims: { exp: 1_000_000_000 } }), role: "none" },
  "a token that does not count yet": { headers: () => forged({ claims: { nbf: 4_000_000_000 } }), role: "none" },
  "the operator's cookie": { headers: async () => ({ cookie: await operatorBrowser() }), role: "operator" },
  "a cookie of the operator's that was signed out": {
    headers: async () => ({ cookie: await operatorBrowser("DELETE FROM operator_sessions") }),
    role: "guest",
  },
  "a cookie of the operator's that nobody has used for long": {
    headers: async () => ({
      cookie: await operatorBrowser("UPDATE operator_sessions SET used_at = now() - interval '8 days'"),
    }),
    role: "guest",
  },
  "a cookie of the operator's that is not known here": {
    headers: () => ({ cookie: operatorSession(secrets.instanceKey, inAnHour()) }),
    role: "guest",
  },
  "an analyst's token": { headers: () => tokenOf("analyst bearer"), role: "analyst" },
  "an administrator's token": { headers: () => tokenOf("admin bearer"), role: "admin" },
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

/** What each role may do where guests may read insights alone. Written down a second time, so that a slip is seen. */
const MAY: Readonly<Record<Asker, string>> = {
  key: "public feed chain feedback",
  "bare key": "public",
  guest: "public feed",
  member: "public feed chain feedback account",
  analyst: "public feed chain feedback account moderate",
  service: "public feed chain monitor account",
  admin: "public feed chain monitor feedback account moderate operate administer",
  operator: "public feed chain monitor feedback moderate operate administer",
};

function expectedRefusal(role: Asker | "none", permission: string): string | undefined {
  if (role === "none") return "API_UNAUTHORIZED";
  if (MAY[role].split(" ").includes(permission)) return undefined;
  return role === "guest" ? "API_UNAUTHORIZED" : "API_FORBIDDEN";
}

/** What each route answers to whoever may ask it, without a body: to most of them, and to whom else what. */
const statuses = new Map<string, string>();

function statusesOf(told: readonly { readonly name: string; readonly status: number }[]): string {
  const byStatus = Object.entries(Object.groupBy(told, ({ status }) => String(status)));
  const [most, ...others] = byStatus.toSorted(([, a = []], [, b = []]) => b.length - a.length);
  return [
    most?.[0],
    ...others.map(([status, all = []]) => `${status} to ${all.map(({ name }) => name).join(", ")}`),
  ].join("; ");
}

test.for(ROUTES)("$route answers or refuses whoever asks", async ({ route, method, url, permission }, { task }) => {
  // From an address of the route's own: how often each of them may write is another test's.
  const from = `127.0.1.${1 + ROUTES.findIndex((one) => one.url === url && one.method === method)}`;
  // All are there before one of them asks: a route may throw somebody out who is about to make a key.
  const actors = await Promise.all(
    Object.entries(ACTORS).map(async ([name, { headers, role }]) => ({ name, role, shown: await headers() })),
  );
  const told = await Promise.all(
    actors.map(async ({ name, role, shown }) => {
      const { status, body } = await ask(method, addressOf(url), shown, from);
      const code = [401, 403].includes(status) ? problem.parse(JSON.parse(body)).code : undefined;
      const refusal = ["API_UNAUTHORIZED", "API_FORBIDDEN"].find((one) => one === code);
      const failed = [429, 500].includes(status) ? status : undefined;
      return { name, status, got: failed ?? refusal, expected: expectedRefusal(role, permission) };
    }),
  );
  const wrong = told.filter(({ got, expected }) => got !== expected);
  statuses.set(route, statusesOf(told.filter(({ expected }) => expected === undefined)));
  // For scripts/test-permissions.ts.
  Object.assign(task.meta, { actors: told.length, wrong: wrong.length });
  expect(wrong).toEqual([]);
});

/** `UPDATE_GOLDEN=1` writes it anew. */
test("each route answers whoever may ask it as it is written down", () => {
  const file = new URL("permissions.statuses.txt", import.meta.url);
  const text = ROUTES.map(({ route }) => `${route}: ${statuses.get(route)}\n`).join("");
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
});

describe.each(ROUTES.filter(({ method }) => method !== "GET"))("$route", ({ method, url }) => {
  test.each([
    ["of another site", { origin: "https://elsewhere.example" }],
    ["without a site", { origin: "null" }],
    ["of another port", { origin: "http://localhost:1" }],
    ["as the browser tells", { "sec-fetch-site": "cross-site" }],
  ])("from a page %s changes nothing, whoever asks", async (_name, from) => {
    const cookies = [operatorCookie, await sessionCookie("member"), await sessionCookie("admin")];
    const bearer = { authorization: `Bearer ${secrets.operatorToken}` };
    for (const credentials of [{}, bearer, ...cookies.map((cookie) => ({ cookie }))]) {
      const { status, body } = await ask(method, addressOf(url), { ...credentials, ...from });
      expect(status, body).toBe(403);
    }
  });
});

/** Written down a second time: opening a route is seen by whoever reads the change. `UPDATE_GOLDEN=1` writes it anew. */
test("what each route needs, and how its answers may be kept, stands in the documents", () => {
  const file = "docs/reference/permissions.md";
  const rows = ROUTES.map(
    ({ route, method, url, permission }) => `| \`${route}\` | ${permission} | ${keepingOf(method, url)} |`,
  );
  const head =
    "# What each route needs\n\nWho has which permission: [accounts](../guide/accounts.md#roles). Answers that are `named` have an `ETag` and may be\nkept ([how](../guide/integration.md#rest)), others have `Cache-Control: no-store`.\n\n| route | permission | answers |\n| --- | --- | --- |\n";
  const page = `${head}${rows.join("\n")}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, page);
  expect(readFileSync(file, "utf8")).toBe(page);
});

test("a route that the table does not name is nobody's", () => {
  const all = permissionsOf({ role: "admin" }, "all");
  expect(mayCall(all, "POST", "/api/v1/none")).toBe(false);
  expect(mayCall(all, "GET", "")).toBe(false);
});

test("guests may do what the setting says, and whoever signs in loses nothing by it", () => {
  const may = (role: Role, guests: "all" | "feed" | "nothing") => permissionsOf({ role }, guests).toSorted().join(" ");
  expect([may("guest", "all"), may("guest", "feed"), may("guest", "nothing")]).toEqual([
    "chain feed feedback monitor public",
    "feed public",
    "public",
  ]);
  expect(may("member", "all")).toContain("monitor");
});

test("a link makes the browser that opens it first the operator's, and no other", async () => {
  const link = operatorLink();
  expect((await ask("HEAD", link)).status).toBe(405);
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
  const cookie = await operatorBrowser();
  const out = await ask("DELETE", "/api/v1/session", { cookie });
  expect(out.headers["set-cookie"]?.[0]).toMatch(/^utxoiq_operator_[0-9a-f]{8}=; Path=\/; Max-Age=0;/);
  // Whoever copied the cookie before has nothing of it.
  const copied = await ask("GET", "/api/v1/session", { cookie });
  expect(session.parse(JSON.parse(copied.body))).toMatchObject({ role: "guest" });
});

test("browsers of the operator are listed, and signed out from afar", async () => {
  const [mine, lost] = [await operatorBrowser(), await operatorBrowser()];
  const list = async (cookie: string) => {
    const { body } = await ask("GET", "/api/v1/operator/sessions", { cookie });
    return accountContract.deviceList.parse(JSON.parse(body)).sessions;
  };
  const isOf = (cookie: string) => async () => (await list(cookie)).find(({ current }) => current)?.id;
  const id = await isOf(lost)();
  expect((await ask("DELETE", `/api/v1/operator/sessions/${id}`, { cookie: mine })).status).toBe(204);
  expect((await ask("GET", "/api/v1/operator/sessions", { cookie: lost })).status).toBe(401);
  expect((await list(mine)).map((one) => one.id)).not.toContain(id);
  expect((await ask("DELETE", `/api/v1/operator/sessions/${id}`, { cookie: mine })).status).toBe(404);
});

test("a page of the same name by another scheme is another page", async () => {
  const { port } = new URL(api.url);
  const cookie = await operatorBrowser();
  const from = (origin: string) => ask("DELETE", "/api/v1/feedback/insights/1/rate", { cookie, origin });
  expect((await from(`https://localhost:${port}`)).status).toBe(403);
  expect((await from(`http://localhost:${port}`)).status).not.toBe(403);
});

test("who changes too much waits, and is told how long", async () => {
  const id = drawId();
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
