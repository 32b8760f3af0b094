import { expect, test } from "vitest";
import { keepDoing } from "./keep-doing.ts";

test("what fails is told and done again, what has more to do goes on at once, and the signal ends it", async () => {
  const stop = new AbortController();
  const failures: unknown[] = [];
  const failure = new Error("not now");
  let times = 0;
  const act = async (): Promise<{ more: boolean }> => {
    times += 1;
    if (times === 2) throw failure;
    if (times === 1_000) stop.abort();
    return { more: times > 2 };
  };
  const began = performance.now();
  await keepDoing(act, { everyMs: 20, signal: stop.signal, onFailure: (error) => failures.push(error) });
  expect(times).toBe(1_000);
  expect(failures).toEqual([failure]);
  // Two pauses, and none between the others.
  expect(performance.now() - began).toBeGreaterThan(35);
  expect(performance.now() - began).toBeLessThan(5_000);
});
