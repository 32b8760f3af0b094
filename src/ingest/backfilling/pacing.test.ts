import { expect, test } from "vitest";
import { pacing } from "./pacing.ts";

async function secondsOf(blocks: number, waitForTurn: () => Promise<void>): Promise<number> {
  const began = performance.now();
  for (let block = 0; block < blocks; block += 1) await waitForTurn();
  return (performance.now() - began) / 1_000;
}

test("blocks come no faster than a shared node is to be asked, and without a limit at once", async () => {
  const { signal } = new AbortController();
  const limited = await secondsOf(41, pacing(100, signal));
  expect(limited).toBeGreaterThan(0.4);
  // A busy machine is late, and what was late is made up for.
  expect(limited).toBeLessThan(2);
  expect(await secondsOf(1_000, pacing(undefined, signal))).toBeLessThan(0.3);
});

test("nobody waits for a turn once it is to end", async () => {
  const stop = new AbortController();
  const waiting = secondsOf(3, pacing(0.1, stop.signal));
  stop.abort();
  expect(await waiting).toBeLessThan(5);
});
