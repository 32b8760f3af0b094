import { expect, test } from "vitest";
import { RequestPace } from "./request-pace.ts";

const NEVER = new AbortController().signal;

/** A pace whose sleeping moves its clock; `go` tells when each of so many requests went. */
function paceOf(requestsPerSecond: number) {
  let now = 5_000;
  const pace = new RequestPace({
    requestsPerSecond,
    clock: () => now,
    sleep: async (durationMs) => {
      now += durationMs;
    },
  });
  const go = async (requests: number): Promise<number[]> => {
    const times: number[] = [];
    for (let request = 0; request < requests; request += 1) {
      await pace.take(NEVER);
      times.push(Math.round(now - 5_000));
    }
    return times;
  };
  return { pace, go, wait: (durationMs: number) => (now += durationMs) };
}

test("a second's worth goes at once, then all go evenly", async () => {
  expect(await paceOf(4).go(8)).toEqual([0, 0, 0, 0, 250, 500, 750, 1_000]);
  expect(await paceOf(0.5).go(3)).toEqual([0, 2_000, 4_000]);
});

test("what was not used is not saved up beyond a second's worth", async () => {
  const { go, wait } = paceOf(2);
  await go(2);
  wait(60_000);
  expect(await go(4)).toEqual([60_000, 60_000, 60_500, 61_000]);
});

test("while held nothing goes, and afterwards no burst does", async () => {
  const { pace, go } = paceOf(2);
  pace.hold(10_000);
  expect(pace.heldForMs).toBe(10_000);
  expect(await go(3)).toEqual([10_000, 10_500, 11_000]);
  expect(pace.heldForMs).toBe(0);
});
