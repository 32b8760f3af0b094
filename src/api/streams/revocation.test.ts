import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import {
  createAccount,
  createApiKey,
  createOperatorCode,
  createTokens,
  drawSecrets,
  openAccounts,
  renewTokens,
} from "#auth";
import { access } from "#store";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { runTestApi } from "../../../test/helpers/running-api.ts";

const database = await openTestDatabase();
const { db } = database;
const secrets = drawSecrets();
const api = runTestApi(database, { secrets });
const accounts = openAccounts({
  publicUrl: "http://localhost",
  registration: "invite",
  sendLetter: () => Promise.resolve(),
  db,
  instanceKey: secrets.instanceKey,
  onFault: () => undefined,
});

/** Who does what the tests do by themselves. */
const by = { role: "operator", personId: null, address: null, requestId: null };
const audit = { ...by, action: "test", target: "test" };
const WITHIN_MS = 1_000;
const REVOKED = 4401;
let personId = "";

type Headers = Readonly<Record<string, string>>;

beforeAll(async () => {
  const account = { name: "Ada", email: "ada@example.org", password: "correct horse battery" };
  personId = await createAccount(accounts, account, "member");
});
beforeEach(() => query(db, "UPDATE people SET role = 'member', blocked = false"));

async function newKey(): Promise<{ readonly id: string; readonly headers: Headers }> {
  const person = await access.accounts.findPerson(db, personId);
  if (person === undefined) throw new Error("nobody is there");
  const { key, id } = await createApiKey(
    db,
    { ...person, tier: "power" },
    { name: "k", scopes: ["feed"], days: 1, by },
  );
  return { id, headers: { authorization: `Bearer ${key}` } };
}

async function newSession(): Promise<{ readonly id: string; readonly headers: Headers }> {
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  const { id, token } = await internalAdapter.createSession(personId);
  const signature = createHmac("sha256", accounts.secret).update(token).digest("base64");
  return { id, headers: { cookie: `${accounts.cookieName}=${encodeURIComponent(`${token}.${signature}`)}` } };
}

async function listen(headers: Headers = {}): Promise<WebSocket> {
  const socket = new WebSocket(`${api.url.replace("http", "ws")}/ws/insights`, { headers });
  await once(socket, "open");
  socket.send('{"type":"subscribe"}');
  return socket;
}

/** The code with which it ends, and after how long. */
async function endOf(socket: WebSocket): Promise<number> {
  const began = performance.now();
  const [code] = (await once(socket, "close", { signal: AbortSignal.timeout(5_000) })) as [number];
  expect(performance.now() - began).toBeLessThan(WITHIN_MS);
  return code;
}

test("a key that is revoked ends what is heard by it within a second, and nothing else", async () => {
  const [key, other] = [await newKey(), await newKey()];
  const [socket, beside, guest] = [await listen(key.headers), await listen(other.headers), await listen()];
  await access.accounts.revokeKey(db, { personId, keyId: key.id, audit });
  expect(await endOf(socket)).toBe(REVOKED);
  expect([beside.readyState, guest.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
  beside.terminate();
  guest.terminate();
});

test("a session that ends ends both kinds of stream", async () => {
  const { id, headers } = await newSession();
  const socket = await listen(headers);
  const events = get(`${api.url}/api/v1/events`, { headers, agent: false });
  const [response] = (await once(events, "response")) as [IncomingMessage];
  response.resume();
  const ended = once(response, "end", { signal: AbortSignal.timeout(WITHIN_MS) });
  await access.accounts.endSessions(db, { personId, sessionId: id, audit });
  expect(await endOf(socket)).toBe(REVOKED);
  await ended;
});

test("whoever listens by a token hears no more when it ends, though the session goes on", async () => {
  const { id: sid } = await newSession();
  await access.accounts.saveRefreshToken(db, { hash: randomBytes(32), family: "line", sessionId: sid, audit });
  const { api: signer } = await accounts.betterAuth();
  const now = Math.floor(Date.now() / 1_000);
  const issuer = { iss: accounts.publicUrl, aud: accounts.publicUrl };
  const payload = { sub: personId, sid, line: "line", ...issuer, iat: now, exp: now + 2 };
  const { token } = await signer.signJWT({ body: { payload } });
  const socket = await listen({ authorization: `Bearer ${token}` });
  const [code] = (await once(socket, "close", { signal: AbortSignal.timeout(5_000) })) as [number];
  expect(code).toBe(REVOKED);
  expect([...(await access.accounts.listLasting(db, [sid, "line"])).keys()].toSorted()).toEqual(
    ["line", sid].toSorted(),
  );
});

test("whoever listens by a token whose line was found to be copied hears no more", async () => {
  const { id: sessionId } = await newSession();
  const first = await createTokens(accounts, { personId, sessionId, by });
  const second = await renewTokens(accounts, first.refreshToken, by);
  await renewTokens(accounts, second.refreshToken, by);
  const socket = await listen({ authorization: `Bearer ${first.token}` });
  await expect(renewTokens(accounts, first.refreshToken, by)).rejects.toMatchObject({ code: "AUTH_TOKEN_REFUSED" });
  expect(await endOf(socket)).toBe(REVOKED);
});

test("a browser of the operator's that is signed out hears no more", async () => {
  const { headers } = await fetch(
    `${api.url}/operator?code=${createOperatorCode(secrets.instanceKey, Date.now() / 1_000)}`,
    { redirect: "manual" },
  );
  const socket = await listen({ cookie: headers.getSetCookie()[0]?.split(";")[0] ?? "" });
  const [session] = await access.listOperatorSessions(db);
  await access.endOperatorSession(db, { id: session?.id ?? "", audit });
  expect(await endOf(socket)).toBe(REVOKED);
});

test.each([
  ["is kept out", "UPDATE people SET blocked = true"],
  ["has another role", "UPDATE people SET role = 'service'"],
])("whoever %s hears no more", async (_, change) => {
  const [byKey, bySession] = [await listen((await newKey()).headers), await listen((await newSession()).headers)];
  await query(db, change);
  expect(await Promise.all([byKey, bySession].map(endOf))).toEqual([REVOKED, REVOKED]);
});
