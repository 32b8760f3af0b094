import { expect, test } from "vitest";
import { unlessAborted } from "./unless-aborted.ts";

test("gives what the work gives, or its error", async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve(7), signal)).toBe(7);
  await expect(unlessAborted(Promise.reject(new Error("broken")), signal)).rejects.toThrow("broken");
});

test("does not wait any more once it is aborted, and discards what comes late", async () => {
  const stop = new AbortController();
  const { promise: work, resolve: end } = Promise.withResolvers<string>();
  const late: string[] = [];
  const asked = unlessAborted(work, stop.signal, (result) => late.push(result));
  stop.abort();
  await expect(asked).rejects.toBe(stop.signal.reason);
  end("opened");
  await expect.poll(() => late).toEqual(["opened"]);
  await expect(unlessAborted(new Promise(() => {}), stop.signal)).rejects.toBe(stop.signal.reason);
});
