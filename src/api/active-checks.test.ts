import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createOperatorCode } from "#auth";
import { openAccountsGround } from "../../test/helpers/accounts/accounts-ground.ts";
import { type Browser, codeOf } from "../../test/helpers/accounts/browser.ts";
import { query } from "../../test/helpers/database.ts";
import { listPermissions } from "./permissions.ts";

/** What a scanner would try, on every route, by somebody who may do everything. */
const folder = mkdtempSync(join(tmpdir(), "utxoiq-checks-"));
const webRoot = join(folder, "web");
const SECRET = "not to be read by anybody";
const { db, secrets, newPerson } = await openAccountsGround({ webRoot, registration: "invite" });
/** What nobody may be sent to or asked by way of us. */
const asked: string[] = [];
const canary = createServer((request, response) => {
  asked.push(request.url ?? "");
  response.end();
});
let mine: Browser;
let operations: readonly Operation[] = [];

type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
};
type Described = {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
};
type Operation = { readonly method: string; readonly path: string; readonly described: Described };

/** These end what the others need; or ask the node that the operator names, which is meant. */
const LEFT_OUT =
  /^(DELETE \/api\/v1\/(session|account\/sessions)|POST \/api\/v1\/account\/delete|GET \/api\/v1\/events|\w+ \/api\/v1\/setup\S*)$/;

beforeAll(async () => {
  mkdirSync(join(webRoot, "assets"), { recursive: true });
  writeFileSync(join(webRoot, "index.html"), '<title>utxoIQ</title><meta property="csp-nonce" nonce="" />');
  writeFileSync(join(webRoot, "assets", "page.js"), "export {};");
  writeFileSync(join(folder, "secret.txt"), SECRET);
  canary.listen(0, "127.0.0.1");
  await once(canary, "listening");
  ({ mine } = await newPerson("root", { role: "admin", hasPassword: false }));
  // The operator's changes are not counted, so all of them can be tried.
  await mine.get(`/operator?code=${createOperatorCode(secrets.instanceKey, Date.now() / 1_000)}`);
  const { paths } = (await mine.get("/api/v1/openapi.json")).body as {
    paths: Record<string, Record<string, Described>>;
  };
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ method: method.toUpperCase(), path, described })),
  );
  operations = operations.filter(({ method, path }) => !LEFT_OUT.test(`${method} ${path}`));
  expect(operations.length).toBeGreaterThan(90);
});
afterAll(() => canary.close());

const canaryUrl = (): string => {
  const address = canary.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/asked`;
};

const bodyOf = ({ requestBody }: Described): Schema | undefined => requestBody?.content?.["application/json"]?.schema;

/** The addresses and bodies in which one thing after the other is what is tried. */
function requestsWith(tried: string): { readonly method: string; readonly path: string; readonly body: unknown }[] {
  return operations.flatMap(({ method, path, described }) => {
    const { parameters = [] } = described;
    const filled = (name?: string) =>
      path.replaceAll(/\{(\w+)\}/g, (_, each: string) => (each === name ? encodeURIComponent(tried) : "1"));
    const body = bodyOf(described);
    const some = body === undefined ? undefined : {};
    const inPath = parameters.filter((one) => one.in === "path");
    const inQuery = parameters.filter((one) => one.in === "query");
    return [
      ...inPath.map(({ name }) => ({ method, path: filled(name), body: some })),
      ...inQuery.map(({ name }) => ({ method, path: `${filled()}?${name}=${encodeURIComponent(tried)}`, body: some })),
      ...Object.keys(body?.properties ?? {}).map((name) => ({ method, path: filled(), body: { [name]: tried } })),
    ];
  });
}

/** So many at once as the server would see from one page. */
async function sendAll<One>(all: readonly One[], send: (one: One) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await send(one);
  };
  await Promise.all(Array.from({ length: 12 }, worker));
}

test.each([
  ["SQL", "' OR 1=1; SELECT pg_sleep(5); --"],
  ["a quotation mark and a comment", "\"'`;/*--*/"],
  ["markup", "<script>alert(document.domain)</script>"],
  ["a template", "${7*7}{{7*7}}<%= 7*7 %>"],
  ["a command", "$(sleep 5)`sleep 5`|sleep 5;"],
  ["headers", "a\r\nx-injected: yes\r\nset-cookie: a=b"],
  ["a path", "../../../../../../etc/passwd"],
])("%s in any parameter is text and nothing else", { timeout: 60_000 }, async (_name, tried) => {
  const tables = await query(db, "SELECT count(*)::integer AS it FROM pg_tables WHERE schemaname = 'public'");
  await sendAll(requestsWith(tried), async ({ method, path, body }) => {
    const began = performance.now();
    const answer = await mine.send(method, path, body);
    const what = `${method} ${path} ${JSON.stringify(body)}`;
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    expect(answer.status, `${what}: ${text}`).not.toBe(500);
    expect(performance.now() - began, what).toBeLessThan(4_500);
    expect(answer.headers.get("x-injected"), what).toBeNull();
    expect(answer.headers.getSetCookie().join(), what).not.toContain("a=b");
    expect(text, what).not.toMatch(/syntax error|root:x:0|uid=\d|PostgreSQL|\bat \w+ \(/);
    if (answer.headers.get("content-type")?.includes("html") === true)
      expect(text, what).not.toContain("<script>alert");
  });
  expect(await query(db, "SELECT count(*)::integer AS it FROM pg_tables WHERE schemaname = 'public'")).toEqual(tables);
});

test("a zero byte in whatever is sent is a bad request, and no fault of ours", async () => {
  const sent = operations.filter(({ described }) => described.requestBody !== undefined);
  expect(sent.length).toBeGreaterThan(20);
  for (const { method, path, described } of sent) {
    const { schema } = described.requestBody?.content?.["application/json"] ?? {};
    const names = [...Object.keys(schema?.properties ?? {}), "token"];
    const body = Object.fromEntries(names.map((name) => [name, "a\0"]));
    const answer = await mine.send(method, path.replaceAll(/\{\w+\}/g, "1"), body);
    expect([answer.status, codeOf(answer)], `${method} ${path}`).toEqual([400, "API_BAD_REQUEST"]);
  }
});

test("nobody is asked and nobody is sent on by way of us, whatever address is in a parameter", async () => {
  await sendAll(requestsWith(canaryUrl()), async ({ method, path, body }) => {
    const { headers } = await mine.send(method, path, body);
    expect(headers.get("location") ?? "/", path).toMatch(/^\/(?![/\\])/);
  });
  const pages = listPermissions().flatMap(([route]) => (route.startsWith("GET ") ? [route.slice(4)] : []));
  const names = ["to", "next", "redirect", "url", "callbackURL", "errorCallbackURL", "continue"];
  const hostile = names.map((name) => `${name}=${encodeURIComponent(canaryUrl())}`).join("&");
  await sendAll(
    pages.filter((path) => !/events|^\/ws|operator/.test(path)),
    async (path) => {
      const filled = path.replaceAll(/:\w+/g, "1").replace("*", "page.js");
      const { headers } = await mine.get(`${filled}?${hostile}`);
      expect(headers.get("location") ?? "/", path).toMatch(/^\/(?![/\\])/);
    },
  );
  expect(asked).toEqual([]);
});

test("a file beside the page's is read by no address", async () => {
  const ups = ["..", "%2e%2e", "%252e%252e", "..%c0%af", "....", ".%2e", "..;"];
  const slashes = ["/", "%2f", "%5c", "\\", "%252f", "//"];
  const climbs = ups.flatMap((up) => slashes.map((slash) => `${up}${slash}`));
  const targets = climbs.flatMap((climb) => [
    `/assets/${climb}${climb}secret.txt`,
    `/assets/${climb}index.html${climb}${climb}secret.txt`,
    `/${climb}secret.txt`,
  ]);
  const all = [
    ...targets,
    `/assets/${join(folder, "secret.txt")}`,
    `/assets/${encodeURIComponent(join(folder, "secret.txt"))}`,
  ];
  await sendAll(all, async (path) => {
    const text = await sendRaw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(text, path).toMatch(/^HTTP\/1\.1 \d{3}/);
    expect(text, path).not.toContain(SECRET);
  });
  expect((await mine.get("/assets/page.js")).status).toBe(200);
});

test("a body has nothing in it that its route does not name, and no route has one that is large", async () => {
  const withBody = operations.filter(({ described }) => bodyOf(described) !== undefined);
  expect(withBody.length).toBeGreaterThan(20);
  await sendAll(withBody, async ({ method, path, described }) => {
    const what = `${method} ${path}`;
    expect(bodyOf(described)?.additionalProperties, what).toBe(false);
    const filled = path.replaceAll(/\{\w+\}/g, "1");
    const more = { role: "admin", tier: "power", personId: "1", email_verified: true, isAdmin: true };
    const names = Object.keys(bodyOf(described)?.properties ?? {});
    const extra = Object.fromEntries(Object.entries(more).filter(([name]) => !names.includes(name)));
    expect((await mine.send(method, filled, extra)).status, what).toBe(400);
    const { status } = await mine.send(method, filled, { filler: "x".repeat(70_000) });
    expect(status, what).toBe(413);
  });
});

test("no body changes what every object has", async () => {
  const pollutions = ['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}'];
  const withBody = operations.filter(({ described }) => bodyOf(described) !== undefined);
  const cookie = [...mine.cookies].map((pair) => pair.join("=")).join("; ");
  await sendAll(
    withBody.flatMap((one) => pollutions.map((body) => ({ ...one, body }))),
    async ({ method, path, body }) => {
      const head = `${method} ${path.replaceAll(/\{\w+\}/g, "1")} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}`;
      const type = `Content-Type: application/json\r\nContent-Length: ${body.length}`;
      const text = await sendRaw(`${head}\r\nConnection: close\r\n${type}\r\n\r\n${body}`);
      expect(text, `${method} ${path} ${body}`).toMatch(/^HTTP\/1\.1 4\d\d/);
    },
  );
  await sendAll(
    ["__proto__[polluted]=1", "constructor[prototype][polluted]=1", "__proto__.polluted=1"],
    async (text) => {
      await mine.get(`/api/v1/insights?${text}`);
    },
  );
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test("requests that never end hold nobody else up, and are ended", { timeout: 20_000 }, async () => {
  const slow = Array.from({ length: 100 }, () => openRaw());
  for (const socket of slow) {
    socket.on("error", () => undefined);
    socket.write("POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\nX-Slow: a");
  }
  const dripping = setInterval(() => slow.forEach((socket) => socket.writable && socket.write("a")), 500);
  const began = performance.now();
  expect((await mine.get("/api/v1/session")).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(2_000);
  const open = slow.filter((socket) => !socket.closed);
  await Promise.all(open.map((socket) => once(socket.resume(), "close")));
  clearInterval(dripping);
  expect(performance.now() - began).toBeLessThan(12_000);
});

test("a name that is not the server's, in whichever header, is not believed", async () => {
  const evil = "elsewhere.example";
  const foreign = await sendRaw(`GET /api/v1/session HTTP/1.1\r\nHost: ${evil}\r\nConnection: close\r\n\r\n`);
  expect(foreign).toMatch(/^HTTP\/1\.1 403/);
  for (const header of [`X-Forwarded-Host: ${evil}`, `Forwarded: host=${evil}`, `X-Original-Url: /api/v1/people`]) {
    const text = await sendRaw(`GET /dashboard HTTP/1.1\r\nHost: localhost\r\n${header}\r\nConnection: close\r\n\r\n`);
    expect(text, header).toMatch(/^HTTP\/1\.1 200/);
    expect(text, header).not.toContain(evil);
  }
  // Two lengths, or a length and chunks: what one server takes for a body another takes for a request.
  for (const lengths of ["Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5\r\nTransfer-Encoding: chunked"]) {
    const text = await sendRaw(`POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: localhost\r\n${lengths}\r\n\r\n0\r\n\r\n`);
    expect(text, lengths).toMatch(/^HTTP\/1\.1 400/);
  }
});

function openRaw(): Socket {
  return connect({ host: "127.0.0.1", port: Number(new URL(mine.url).port) });
}

/** What is written as it is, and all that comes back. */
async function sendRaw(text: string): Promise<string> {
  const socket = openRaw();
  socket.write(text);
  let answer = "";
  for await (const piece of socket) answer += String(piece);
  return answer;
}
