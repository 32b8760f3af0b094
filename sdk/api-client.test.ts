import { expect, test, vi } from "vitest";
import { createApiClient, dataOf } from "./api-client.ts";
import { ApiError } from "./api-error.ts";

type Answer = Response | Error;

function clientOf(answers: readonly Answer[], options: { readonly token?: string } = {}) {
  const left = [...answers];
  const requests: Request[] = [];
  const waits: number[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request);
    const answer = left.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error("nothing more is answered");
    return answer;
  };
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  const api = createApiClient({ url: "http://host:3000/", fetch, wait, ...options });
  return { api, requests, waits };
}

const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

test("asks by path and parameters, as whom it was told", async () => {
  const { api, requests } = clientOf([json({ height: 7 })], { token: "secret" });
  const asked = { params: { path: { block: "7" } } };
  expect(dataOf(await api.GET("/api/v1/blocks/{block}", asked))).toEqual({ height: 7 });
  expect(requests[0]?.url).toBe("http://host:3000/api/v1/blocks/7");
  expect(requests[0]?.headers.get("authorization")).toBe("Bearer secret");
});

test("what is refused is thrown with its code, its request and its fields", async () => {
  const errors = [{ path: "/pageSize", message: "too large" }];
  const problem = { status: 400, code: "API_BAD_REQUEST", detail: "cannot be understood", requestId: "req-1", errors };
  const { api } = clientOf([json(problem, 400)]);
  const refused = api.GET("/api/v1/insights");
  await expect(refused).rejects.toThrow(ApiError);
  const { status, code, requestId, detail: message } = problem;
  await expect(refused).rejects.toMatchObject({ status, code, requestId, message, fields: errors });
});

test("an answer of something between us and the server is an error, too", async () => {
  const { api } = clientOf([new Response("<h1>Bad gateway</h1>", { status: 500 })]);
  await expect(api.GET("/api/v1/tip")).rejects.toMatchObject({ status: 500, code: "UNKNOWN" });
});

test("asks again what changes nothing, when the server says so or later each time", async () => {
  vi.spyOn(Math, "random").mockReturnValue(1);
  const busy = json({ code: "API_OVERLOADED" }, 503, { "retry-after": "5" });
  const { api, waits, requests } = clientOf([busy, new TypeError("fetch failed"), json({ height: 1 })]);
  expect(dataOf(await api.GET("/api/v1/tip"))).toEqual({ height: 1 });
  expect(requests).toHaveLength(3);
  expect(waits).toEqual([5_000, 500]);
  vi.restoreAllMocks();
});

test("gives up after so many, and never does twice what changes something", async () => {
  const busy = (): Response => json({ code: "API_OVERLOADED" }, 503);
  const reading = clientOf([busy(), busy(), busy(), busy()]);
  await expect(reading.api.GET("/api/v1/tip")).rejects.toMatchObject({ code: "API_OVERLOADED" });
  expect(reading.requests).toHaveLength(4);
  const writing = clientOf([busy()]);
  const given = { params: { path: { id: "0".repeat(32) } }, body: { stars: 5 } };
  await expect(writing.api.POST("/api/v1/feedback/insights/{id}/rate", given)).rejects.toMatchObject({ status: 503 });
  expect(writing.requests).toHaveLength(1);
});

test("does not wait as long as a server may ask for, and an answer that is cut off is an error as well", async () => {
  const spent = json({ code: "API_TOO_MANY_REQUESTS" }, 429, { "retry-after": "3600" });
  const { api, waits } = clientOf([spent]);
  await expect(api.GET("/api/v1/tip")).rejects.toMatchObject({ status: 429, code: "API_TOO_MANY_REQUESTS" });
  expect(waits).toEqual([]);
  const cut = new Response('{"code":', { status: 400, headers: { "content-type": "application/json" } });
  const { api: other } = clientOf([cut]);
  await expect(other.GET("/api/v1/tip")).rejects.toMatchObject({ status: 400, code: "UNKNOWN" });
});
