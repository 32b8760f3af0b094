import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { forecastList, problem, storedEvent } from "#contract";
import { createLogger } from "#lib";
import { claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedBlock, storedChain } from "../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
let api: RunningApi;

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(4));
  const logger = createLogger(undefined, "silent");
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/none" });
});

afterAll(() => api.stop());

type Message = { readonly id: string | undefined; readonly event: string | undefined; readonly data: unknown };
type Listener = { readonly response: IncomingMessage; next(): Promise<Message>; close(): void };

async function listen(query: string, headers: Readonly<Record<string, string>> = {}): Promise<Listener> {
  const request = get(`${api.url}/api/v1/events?${query}`, { headers, agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.setEncoding("utf8");
  let text = "";
  response.on("data", (piece: string) => (text += piece));
  response.on("error", () => undefined);
  return {
    response,
    async next() {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end >= 0) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
          const data = field("data");
          if (data !== undefined) return { id: field("id"), event: field("event"), data: JSON.parse(data) };
        } else await once(response, "data", { signal: AbortSignal.timeout(10_000) });
      }
    },
    close: () => request.destroy(),
  };
}

test("greets, resumes after the last id without loss, goes on live, and tells the topics that are wanted", async () => {
  const first = await listen("since=0&topics=insight");
  expect(first.response.headers["content-type"]).toBe("text/event-stream");
  expect(first.response.headers["x-content-type-options"]).toBe("nosniff");
  expect(await first.next()).toMatchObject({ event: "hello", id: undefined });
  const missed = [await first.next(), await first.next()];
  for (const { id, event, data } of missed) {
    expect(storedEvent.parse(data)).toMatchObject({ id: Number(id), type: event });
  }
  first.close();
  // What a browser sends by itself counts before the address that it was given at first.
  const again = await listen("since=0&topics=insight", { "last-event-id": missed[1]?.id ?? "" });
  await again.next();
  const rest = [await again.next(), await again.next()];
  expect(rest.map(({ id }) => Number(id)).every((id) => id > Number(missed[1]?.id))).toBe(true);
  await saveBlocks(db, [storedBlock(4)]);
  expect(await again.next()).toMatchObject({ event: "insight.published", data: { data: { height: 4 } } });
  again.close();
});

test("what changes and is not stored comes to who asks for it, at once", async () => {
  const listener = await listen("topics=forecast,backfill");
  await listener.next();
  const [first, second] = [await listener.next(), await listener.next()];
  expect(new Set([first.event, second.event])).toEqual(new Set(["backfill", "forecast"]));
  const forecast = first.event === "forecast" ? first : second;
  expect(forecastList.parse((forecast.data as { data: unknown }).data)).toMatchObject({ forecasts: [] });
  expect(forecast.id).toBeUndefined();
  listener.close();
});

test("an id that is not known here begins anew, and one that is none is refused", async () => {
  const foreign = await listen("since=1000000");
  await foreign.next();
  expect(await foreign.next()).toMatchObject({ event: "reset", data: { lastEventId: expect.any(Number) as number } });
  foreign.close();
  const refused = await fetch(`${api.url}/api/v1/events`, { headers: { "last-event-id": "latest" } });
  expect(problem.parse(await refused.json())).toMatchObject({ status: 400, code: "API_BAD_REQUEST" });
  expect((await fetch(`${api.url}/api/v1/events?topics=weather`)).status).toBe(400);
});

test("an address has a hundred streams at most, and each that is closed makes room", async () => {
  const listeners = await Promise.all(Array.from({ length: 100 }, () => listen("")));
  const refused = await fetch(`${api.url}/api/v1/events`);
  expect(problem.parse(await refused.json())).toMatchObject({ status: 429, code: "API_TOO_MANY_STREAMS" });
  // WebSockets are counted with them.
  const socket = new WebSocket(`${api.url.replace("http", "ws")}/ws/insights`);
  const [error] = await once(socket, "error");
  expect(String(error)).toContain("429");
  for (const { close } of listeners) close();
  await expect
    .poll(
      async () => {
        const one = await listen("");
        one.close();
        return one.response.statusCode;
      },
      { timeout: 10_000 },
    )
    .toBe(200);
});
