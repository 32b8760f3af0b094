import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type SocketLike, StreamClient, type StreamClientOptions, type StreamState } from "./stream-client.ts";

class FakeSocket implements SocketLike {
  readonly sent: unknown[] = [];
  closed = false;
  readonly #listeners = new Map<string, (event: { data: unknown }) => void>();

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    this.#listeners.set(type, listener);
  }
  says(message: unknown): void {
    this.saysText(JSON.stringify(message));
  }
  saysText(data: unknown): void {
    this.#listeners.get("message")?.({ data });
  }
  breaks(): void {
    this.#listeners.get("error")?.({ data: undefined });
    this.#listeners.get("close")?.({ data: undefined });
  }
}

const hello = (lastEventId: number, streamId = "one") => ({
  type: "hello",
  serverVersion: "0.1.0",
  streamId,
  lastEventId,
});
const block = (id: number) => ({ id, type: "block.connected", at: "2031-01-01T00:00:00Z", data: { height: id } });

function open(options: Partial<StreamClientOptions> = {}) {
  const sockets: FakeSocket[] = [];
  const ids: number[] = [];
  const states: StreamState[] = [];
  const client = new StreamClient({
    url: "ws://host/ws/monitoring",
    createSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    startAfter: (last) => last,
    onEvent: (event) => ids.push(event.id),
    onStateChange: (state) => states.push(state),
    random: () => 1,
    ...options,
  });
  client.start();
  const newest = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  };
  return { client, sockets, ids, states, newest };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a stream", () => {
  test("is live when the server has greeted it, and subscribes from where it was told", () => {
    const { client, newest } = open({ startAfter: (last) => last - 5 });
    expect(client.state).toBe("connecting");
    expect(client.lastMessageAt).toBeUndefined();
    newest().says(hello(40));
    expect(client.state).toBe("live");
    expect(newest().sent).toEqual([{ type: "subscribe", since: 35 }]);
    expect(client.lastMessageAt).toBe(Date.now());
  });

  test("resumes after the last id it saw and drops what it saw already", () => {
    const { client, ids, newest } = open();
    newest().says(hello(10));
    for (const id of [11, 12, 12]) newest().says(block(id));
    newest().breaks();
    expect(client.state).toBe("reconnecting");
    vi.advanceTimersByTime(500);
    newest().says(hello(14));
    expect(newest().sent).toEqual([{ type: "subscribe", since: 12 }]);
    for (const id of [11, 12, 13, 14]) newest().says(block(id));
    expect(ids).toEqual([11, 12, 13, 14]);
    expect(client.lastEventId).toBe(14);
  });

  test("follows a reset, even to a lower id, and says so", () => {
    const onReset = vi.fn();
    const { ids, newest } = open({ onReset });
    newest().says(hello(500));
    newest().says({ type: "reset", lastEventId: 3 });
    newest().says(block(4));
    expect(onReset).toHaveBeenCalledOnce();
    expect(ids).toEqual([4]);
  });

  test("starts anew when the server came back with another database, whatever its ids", () => {
    const onReset = vi.fn();
    const { ids, newest } = open({ onReset });
    newest().says(hello(500, "one"));
    newest().breaks();
    vi.advanceTimersByTime(500);
    newest().says(hello(900, "two"));
    expect(onReset).toHaveBeenCalledOnce();
    expect(newest().sent).toEqual([{ type: "subscribe", since: 900 }]);
    newest().says(block(901));
    expect(ids).toEqual([901]);
  });

  test("waits longer after each failure, is then offline, and comes back", () => {
    const { client, sockets, states, newest } = open();
    const waits = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    for (const [failures, wait] of waits.entries()) {
      newest().breaks();
      vi.advanceTimersByTime(wait - 1);
      expect(sockets).toHaveLength(failures + 1);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(failures + 2);
    }
    newest().says(hello(1));
    expect(states).toEqual(["reconnecting", "offline", "live"]);
    newest().breaks();
    expect(client.state).toBe("reconnecting");
  });

  test("spreads the attempts of many clients over half of the wait", () => {
    const { sockets, newest } = open({ random: () => 0 });
    newest().breaks();
    vi.advanceTimersByTime(249);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(2);
  });

  test("takes silence for a loss where it was told how long silence may be", () => {
    const { client, newest, sockets } = open({ silenceMs: 15_000 });
    newest().says(hello(1));
    vi.advanceTimersByTime(14_000);
    newest().says({ type: "status", data: {} });
    vi.advanceTimersByTime(14_999);
    expect(client.state).toBe("live");
    vi.advanceTimersByTime(1);
    expect(client.state).toBe("reconnecting");
    expect(sockets[0]?.closed).toBe(true);
  });

  test("bears silence where none was said, but not a server that never greets", () => {
    const { client, newest } = open();
    vi.advanceTimersByTime(10_000);
    expect(client.state).toBe("reconnecting");
    vi.advanceTimersByTime(500);
    newest().says(hello(1));
    vi.advanceTimersByTime(3_600_000);
    expect(client.state).toBe("live");
  });

  test("asks for topics where it was told to, and hands on what is not stored", () => {
    const [onMempool, onForecast] = [vi.fn(), vi.fn()];
    const { newest } = open({ topics: ["mempool", "forecast"], onMempool, onForecast });
    newest().says(hello(1));
    expect(newest().sent).toEqual([{ type: "subscribe", since: 1, topics: ["mempool", "forecast"] }]);
    newest().says({ type: "mempool", data: { count: 5 } });
    newest().says({ type: "forecast", data: { forecasts: [] } });
    expect(onMempool).toHaveBeenCalledExactlyOnceWith({ count: 5 });
    expect(onForecast).toHaveBeenCalledExactlyOnceWith({ forecasts: [] });
  });

  test("hands on the status and bears a type that it does not know", () => {
    const onStatus = vi.fn();
    const { client, newest } = open({ onStatus });
    newest().says(hello(1));
    newest().says({ type: "status", data: { state: "healthy" } });
    newest().says({ type: "weather", data: {} });
    expect(onStatus).toHaveBeenCalledExactlyOnceWith({ state: "healthy" });
    expect(client.state).toBe("live");
  });

  test.each([
    "{",
    "[]",
    "null",
    '{"type":"hello"}',
    '{"type":"block.connected","data":{}}',
    '{"type":"error","code":"X"}',
    7,
  ])("gives up a connection that says %s", (text) => {
    const { client, newest, ids } = open();
    newest().says(hello(1));
    newest().saysText(text);
    expect(client.state).toBe("reconnecting");
    expect(ids).toEqual([]);
  });

  test("hears nothing more from a socket that it gave up", () => {
    const { client, sockets, ids, newest } = open();
    newest().says(hello(1));
    client.reconnect();
    expect(client.state).toBe("reconnecting");
    sockets[0]?.says(block(2));
    sockets[0]?.breaks();
    expect(sockets).toHaveLength(2);
    newest().says(hello(2));
    newest().says(block(2));
    expect(ids).toEqual([2]);
    expect(client.state).toBe("live");
  });

  test("stops for good", () => {
    const { client, sockets, newest } = open();
    newest().breaks();
    client.stop();
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
    client.start();
    client.start();
    expect(sockets).toHaveLength(2);
    client.stop();
    expect(newest().closed).toBe(true);
  });
});
