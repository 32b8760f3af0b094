import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { createLogger } from "#lib";
import { MAX_BUFFERED_BYTES } from "./backlog.ts";
import { Connections } from "./connections.ts";
import { Delivery } from "./delivery.ts";
import type { Subscriber } from "./event-hub.ts";
import { SseStream } from "./sse-stream.ts";
import type { Streams } from "./streams.ts";

/** A stream whose client takes nothing: all that is written piles up. */
async function open() {
  const live = new Set<Subscriber>();
  const hub = {
    streamId: "one",
    lastId: 5,
    resume: async (subscriber: Subscriber) => void live.add(subscriber),
    unsubscribe: (subscriber: Subscriber) => void live.delete(subscriber),
  };
  const board = { join: () => {}, leave: () => {} };
  const shares = { take: async () => true, give: () => undefined, stop: async () => undefined };
  const connections = new Connections({ findLasting: async () => new Map(), shares });
  const streams = { hub, board, connections } as unknown as Streams;
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const stream = new SseStream({ response, streams, logger: createLogger(undefined, "silent"), topics: ["backfill"] });
  await stream.subscribe(undefined);
  return { stream, response, live, closed: () => connections.counts().closed["too-slow"] };
}

const DELIVERY = Delivery.ofLive({
  type: "backfill",
  data: { jobs: [], stored: null, padding: "x".repeat(60_000) } as never,
});

test("a client that is too slow is given up once so much has piled up, and not before", async () => {
  const { stream, response, live, closed } = await open();
  expect(live.has(stream)).toBe(true);
  while (response.writableLength <= MAX_BUFFERED_BYTES) {
    expect(stream.deliver(DELIVERY)).toBe(true);
    expect(response.writableLength).toBeLessThanOrEqual(MAX_BUFFERED_BYTES + DELIVERY.block.length + 100);
  }
  expect([closed(), response.writableEnded]).toEqual([0, false]);
  const piled = response.writableLength;
  expect(stream.deliver(DELIVERY)).toBe(false);
  expect([closed(), response.writableEnded]).toEqual([1, true]);
  // It is told that there is an end, and nothing more.
  expect(response.writableLength - piled).toBeLessThan(100);
  expect(stream.deliver(DELIVERY)).toBe(false);
  expect(closed()).toBe(1);
});
