import { describe, expect, test } from "vitest";
import { drawSecrets } from "#auth";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { runTestApi, type TestApi } from "../../test/helpers/running-api.ts";

const database = await openTestDatabase();
const secrets = drawSecrets();
const PAGE = "https://page.example";
const closed = runTestApi(database, { secrets });
const one = runTestApi(database, { secrets, corsOrigins: [PAGE] });
const any = runTestApi(database, { secrets, corsOrigins: ["*"] });

type Asked = { readonly method?: string; readonly path?: string; readonly headers?: Readonly<Record<string, string>> };

async function ask(api: TestApi, origin: string, { method = "GET", path = "/livez", headers = {} }: Asked = {}) {
  const response = await fetch(`${api.url}${path}`, { method, headers: { origin, ...headers } });
  return {
    status: response.status,
    allowed: response.headers.get("access-control-allow-origin"),
    of: response.headers,
  };
}

describe("pages of other origins", () => {
  test("may read nothing unless somebody says so", async () => {
    expect(await ask(closed, PAGE)).toMatchObject({ status: 200, allowed: null });
    expect((await ask(one, "https://elsewhere.example")).allowed).toBeNull();
  });

  test("that are named may read, and are told to whom an answer belongs", async () => {
    const { status, allowed, of } = await ask(one, PAGE);
    expect([status, allowed]).toEqual([200, PAGE]);
    expect(of.get("vary")).toContain("Origin");
    expect(of.get("access-control-allow-credentials")).toBeNull();
    expect((await ask(any, "https://elsewhere.example")).allowed).toBe("*");
  });

  test("are told before what they may send", async () => {
    const asks = { "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
    const { status, of } = await ask(one, PAGE, {
      method: "OPTIONS",
      path: "/api/v1/monitoring/backfill",
      headers: asks,
    });
    expect(status).toBe(204);
    expect(of.get("access-control-allow-headers")).toContain("authorization");
    expect(of.get("access-control-allow-methods")).toContain("POST");
    expect((await ask(closed, PAGE, { method: "OPTIONS", headers: asks })).status).toBe(405);
  });

  test("change something with a key alone, never with cookies", async () => {
    const change = { method: "DELETE", path: "/api/v1/session" };
    const authorization = `Bearer ${secrets.operatorToken}`;
    expect((await ask(one, PAGE, { ...change, headers: { authorization } })).status).toBeLessThan(300);
    expect((await ask(one, PAGE, { ...change, headers: { cookie: "a=b" } })).status).toBe(403);
    expect((await ask(closed, PAGE, { ...change, headers: { authorization } })).status).toBe(403);
  });
});
