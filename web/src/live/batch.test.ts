import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { batch } from "./batch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what comes together is handed on together, in order, and nothing after a cancel", () => {
  const handOn = vi.fn();
  const items = batch<number>(100, handOn);
  items.add(1);
  vi.advanceTimersByTime(99);
  items.add(2);
  expect(handOn).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  items.add(3);
  vi.advanceTimersByTime(100);
  items.add(4);
  items.cancel();
  vi.advanceTimersByTime(1_000);
  expect(handOn.mock.calls).toEqual([[[1, 2]], [[3]]]);
});
