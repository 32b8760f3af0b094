import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import { createLogger } from "#lib";
import { Connections } from "./connections.ts";
import { Delivery } from "./delivery.ts";
import type { Subscriber } from "./event-hub.ts";
import { SocketStream } from "./socket-stream.ts";
import type { Streams } from "./streams.ts";

/** A socket whose other end reads only when it is told to. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  pings = 0;
  closedWith: number | undefined;
  readonly sent: Buffer[] = [];

  send(frame: Buffer): void {
    this.sent.push(frame);
    this.bufferedAmount += frame.length;
  }
  ping(): void {
    this.pings += 1;
  }
  close(code: number): void {
    this.closedWith = code;
    this.terminate();
  }
  terminate(): void {
    this.readyState = 3;
    this.emit("close");
  }
}

function open() {
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
  const socket = new FakeSocket();
  const logger = createLogger(undefined, "silent");
  const wishes = {
    topics: ["brief", "backfill"],
    allowed: ["brief", "block", "mempool"],
    deniedCode: "API_UNAUTHORIZED",
  } as const;
  const stream = new SocketStream({ socket: socket as unknown as WebSocket, streams, logger, ...wishes });
  const says = (message: unknown): boolean => socket.emit("message", Buffer.from(JSON.stringify(message)));
  return { socket, stream, live, connections, says };
}

function event(id: number, bytes: number): Delivery {
  const data = { date: "2031-01-01", url: "x".repeat(bytes), headlines: [] };
  return Delivery.ofEvent({ id, type: "brief.published", at: "2031-01-01T00:00:00.000Z", data });
}

test("one that lets four mebibytes pile up is told and closed, and what piled up is shared with all others", async () => {
  const [slow, quick] = [open(), open()];
  for (const { says } of [slow, quick]) says({ type: "subscribe", since: 5 });
  await Promise.resolve();
  for (let id = 6; id <= 16; id += 1) {
    const told = event(id, 500_000);
    quick.socket.bufferedAmount = 0;
    expect(quick.stream.deliver(told)).toBe(true);
    slow.stream.deliver(told);
  }
  expect(slow.socket.closedWith).toBe(4008);
  expect(slow.stream.deliver(event(17, 1))).toBe(false);
  expect(slow.live.size).toBe(0);
  for (let ping = 0; ping < 2; ping += 1) slow.stream.ping();
  expect(slow.connections.counts().closed).toMatchObject({ "too-slow": 1, silent: 0 });
  expect(quick.socket.closedWith).toBeUndefined();
  expect(slow.socket.sent[1]).toBe(quick.socket.sent[1]);
});

test("one that catches up is sent more when most of what it was sent has left", async () => {
  const { socket, stream } = open();
  stream.deliver(event(6, 500_000));
  let isDrained = false;
  const drained = stream.drained().then((open) => (isDrained = open));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(isDrained).toBe(false);
  socket.bufferedAmount = 0;
  await drained;
  expect(isDrained).toBe(true);
});

test("one that does not answer a ping is gone, and one that wants nothing goes", () => {
  const silent = open();
  silent.says({ type: "subscribe" });
  silent.stream.ping();
  silent.stream.ping();
  expect(silent.socket.readyState).toBe(3);
  const idle = open();
  for (let turn = 0; turn < 2; turn += 1) {
    idle.stream.ping();
    idle.socket.emit("pong");
  }
  expect(idle.socket.closedWith).toBe(4408);
  const there = open();
  there.says({ type: "subscribe" });
  for (let turn = 0; turn < 5; turn += 1) {
    there.stream.ping();
    there.socket.emit("pong");
  }
  expect(there.socket).toMatchObject({ closedWith: undefined, pings: 5 });
});

test("topics are those of the path, or those that were asked for", () => {
  const { stream, says } = open();
  expect([stream.wants("brief"), stream.wants("block")]).toEqual([true, false]);
  // One of the path's own that this client may not hear is left out; one that is asked for is refused.
  expect(stream.wants("backfill")).toBe(false);
  says({ type: "subscribe", topics: ["block", "mempool"] });
  expect([stream.wants("brief"), stream.wants("block"), stream.wants("mempool")]).toEqual([false, true, true]);
});

test("a topic that a client may not hear of is refused by name", () => {
  const { socket, stream, says, live } = open();
  says({ type: "subscribe", topics: ["block", "status"] });
  expect(JSON.parse(socket.sent.at(-1)?.toString() ?? "")).toMatchObject({
    code: "API_UNAUTHORIZED",
    detail: "you may not hear of: status",
  });
  expect(socket.closedWith).toBe(4400);
  expect(stream.wants("status")).toBe(false);
  expect(live.size).toBe(0);
});
