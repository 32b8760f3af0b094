import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTokens, drawSecrets, openAccounts } from "#auth";
import { problem } from "#contract";
import { createLogger } from "#lib";
import { claimChain, saveBlocks, saveMempoolSnapshot } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { storedSnapshot } from "../../test/helpers/stored-snapshot.ts";
import { keepingOf } from "./keep-answers.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const REQUESTS = 1_500;
/** What is said where nothing is stored, or a page was not built; no other answer of this class is one. */
const ALLOWED_503 = /^API_(NOT_READY|DASHBOARD_NOT_BUILT)$/;
/** Of the administrator's account: whoever is signed out is a guest from then on. */
const SIGNS_OUT = /^DELETE \/api\/v1\/(session|account\/sessions)$/;
/** What is answered where the address is none of the route's own. */
const NO_ROUTE = ["API_ROUTE_NOT_FOUND", "API_METHOD_NOT_ALLOWED", "API_ADDRESS_TOO_LONG"];
const ENDLESS = /^\/(ws|api\/v1\/events$)/;

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly schema?: { readonly enum?: readonly string[] };
};
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
};
type OpenApi = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

const mailed = { publicUrl: "http://localhost", registration: "invite", sendLetter: () => Promise.resolve() } as const;
const { db, connection } = await openTestDatabase();
const CHAIN = storedChain(30);
const secrets = drawSecrets();
/** Who asks, and what they show for it. */
const askers = {
  guest: {},
  operator: { authorization: `Bearer ${secrets.operatorToken}` },
  admin: { authorization: "" },
};
let api: RunningApi;

beforeAll(async () => {
  const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-web-"));
  writeFileSync(join(webRoot, "index.html"), "<title>utxoIQ</title>");
  await claimChain(db, { network: "simnet", chainId: "fuzz", simulated: true });
  await saveBlocks(db, CHAIN);
  const tip = CHAIN.at(-1)?.header;
  await saveMempoolSnapshot(db, storedSnapshot(tip?.time ?? 0, tip?.hash ?? null), 30);
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot, secrets, accounts: mailed });
  const accounts = openAccounts({ ...mailed, db, instanceKey: secrets.instanceKey, onFault: () => undefined });
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  const person = { name: "Ada", email: "ada@example.org", emailVerified: true, role: "admin", tier: "power" };
  const { id: personId } = await internalAdapter.createUser(person, { method: "admin" });
  const { id: sessionId } = await internalAdapter.createSession(personId);
  const by = { role: "admin", personId, address: null, requestId: null };
  const { token } = await createTokens(accounts, { personId, sessionId, by });
  askers.admin.authorization = `Bearer ${token}`;
});

afterAll(() => api.stop());

const known = CHAIN.slice(3, 6).flatMap(({ header, insights }) => [header.hash as string, insights[0]?.id ?? ""]);

const hostile = fc.constantFrom(
  "",
  "\u0000",
  "'; DROP TABLE insights; --",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "%",
  "\r\nset-cookie: a=b",
  "__proto__",
  "constructor",
  "NaN",
  "-1",
  "1e999",
  "9007199254740993",
  "2147483648",
  "2031-02-30",
  ...["p999999999999999", "p1r1e-99", "p1r1..2"].map((token) => Buffer.from(token).toString("base64url")),
  "0".repeat(64),
  "💥",
  "\ud800",
);

const value = fc.oneof(
  hostile,
  fc.constantFrom(...known, "0", "3", "7", "1000", "txs", "day", "block", "whale", "2031-01-14", "true"),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.integer().map(String),
);

/** A lone half of a pair cannot be written in an address. */
const escape = (text: string): string => encodeURIComponent(text.toWellFormed());

function addressOf(path: string, parameters: readonly Parameter[], values: readonly string[]): string {
  const query = new URLSearchParams();
  let address = path;
  for (const [index, parameter] of parameters.entries()) {
    const given = values[index % values.length] ?? "";
    if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, escape(given));
    if (parameter.in === "query" && index % 3 !== values.length % 3) query.set(parameter.name, given.toWellFormed());
  }
  return query.size === 0 ? address : `${address}?${query.toString()}`;
}

async function operations() {
  const { paths } = (await (await fetch(`${api.url}/api/v1/openapi.json`)).json()) as OpenApi;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([name, { parameters = [], responses }]) => {
      const method = name.toUpperCase();
      return ENDLESS.test(path) || SIGNS_OUT.test(`${method} ${path}`) ? [] : [{ path, method, parameters, responses }];
    }),
  );
}

test("whatever is asked, of every route, is answered or refused with a reason", { timeout: 240_000 }, async () => {
  const all = await operations();
  const met = { guest: new Set<number>(), admin: new Set<number>(), operator: new Set<number>() };
  expect(all.length).toBeGreaterThan(30);
  const asked = fc.record({
    asker: fc.constantFrom(...(["guest", "admin", "operator"] as const)),
    operation: fc.constantFrom(...all),
    values: fc.array(value, { minLength: 1, maxLength: 6 }),
    body: fc.oneof(
      fc.json(),
      fc.string(),
      fc.record({ stars: fc.jsonValue(), text: value, reason: value, hidden: fc.jsonValue() }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ asker, operation: { path, method, parameters, responses }, values, body }) => {
      // How often each may ask is another test's.
      if (method !== "GET") await query(db, "DELETE FROM window_counts; DELETE FROM usage_counts");
      const url = `${api.url}${addressOf(path, parameters, values)}`;
      const payload = typeof body === "string" ? body : JSON.stringify(body);
      const sent = method === "GET" ? {} : { body: payload };
      const headers = { ...askers[asker], ...(method !== "GET" && { "content-type": "application/json" }) };
      const response = await fetch(url, { method, ...sent, headers, redirect: "manual" });
      const text = await response.text();
      expect(response.headers.get("set-cookie") ?? "").not.toContain("a=b");
      met[asker].add(response.status);
      const type = response.headers.get("content-type")?.split(";")[0];
      const described = Object.keys(responses[response.status]?.content ?? {});
      if (response.status < 400) {
        expect(Object.keys(responses), `${method} ${path}`).toContain(String(response.status));
        if (text !== "") expect(described, `${method} ${path}`).toContain(type);
        const named = keepingOf(method, path.replaceAll(/\{(\w+)\}/g, ":$1")) === "named";
        expect(response.headers.has("etag"), `${method} ${path}`).toBe(named);
        expect(response.headers.get("cache-control"), `${method} ${path}`).toMatch(
          named ? /no-cache|max-age/ : /no-store/,
        );
        return;
      }
      expect(type).toBe("application/problem+json");
      const told = problem.parse(JSON.parse(text));
      if (!NO_ROUTE.includes(told.code))
        expect(Object.keys(responses), `${method} ${path}`).toContain(String(told.status));
      expect(told.status).toBe(response.status);
      expect(text).not.toMatch(/node_modules|\.ts:\d|at async/);
      if (response.status >= 500) expect(`${response.status} ${told.code}`).toMatch(ALLOWED_503);
    }),
    { numRuns: REQUESTS, seed: 9 },
  );
  // Each is answered: nobody was signed out, or limited, on the way.
  expect([...met.admin]).toContain(200);
  expect([met.admin.has(401), met.operator.has(401), met.guest.has(401)]).toEqual([false, false, true]);
});
