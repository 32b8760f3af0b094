import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLogger } from "#lib";
import { Delivery, type Topic } from "./delivery.ts";
import type { Subscriber } from "./event-hub.ts";
import { LiveBoard } from "./live-board.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function boardOf() {
  const state = { height: 1, reads: 0 };
  const forecast = async (): Promise<Delivery> => {
    state.reads += 1;
    return Delivery.ofLive({ type: "forecast", data: { height: state.height, forecasts: [], missing: [] } });
  };
  const nothing = async (): Promise<undefined> => undefined;
  const reads = { status: nothing, backfill: nothing, mempool: () => Promise.reject(new Error("gone")), forecast };
  return { state, board: new LiveBoard(reads, createLogger(undefined, "silent")) };
}

function reader(topics: readonly Topic[], isThere = () => true) {
  const frames: Buffer[] = [];
  const deliver = ({ frame }: Delivery): boolean => {
    frames.push(frame);
    return isThere();
  };
  const rest = { drained: async () => true, reset: () => {} };
  const subscriber: Subscriber = { wants: (topic) => topics.includes(topic), deliver, ...rest };
  return { frames, subscriber };
}

test("reads once for all, tells who comes how things stand and all what changes, and serialises it once", async () => {
  const { board, state } = boardOf();
  const readers = [reader(["forecast"]), reader(["forecast", "mempool"]), reader(["block"])];
  for (const { subscriber } of readers) board.join(subscriber);
  await vi.advanceTimersByTimeAsync(0);
  expect(readers.map(({ frames }) => frames.length)).toEqual([1, 1, 0]);
  expect(state.reads).toBe(1);
  state.reads = 0;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state.reads).toBe(2);
  expect(readers[0]?.frames).toHaveLength(1);
  state.height = 2;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(readers[0]?.frames).toHaveLength(2);
  expect(readers[0]?.frames[1]).toBe(readers[1]?.frames[1]);
});

test("forgets who is gone, and reads nothing that nobody wants", async () => {
  const { board, state } = boardOf();
  const gone = reader(["forecast"], () => false);
  board.join(gone.subscriber);
  await vi.advanceTimersByTimeAsync(0);
  state.reads = 0;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(state.reads).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
