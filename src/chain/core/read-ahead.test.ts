import { describe, expect, test } from "vitest";
import { readAhead } from "./read-ahead.ts";

type Reading = { readonly item: number; readonly finish: (size: number) => void; readonly fail: () => void };

function startReading(items: readonly number[], limits: { most: number; bytes: number }) {
  const begun: Reading[] = [];
  const signals: AbortSignal[] = [];
  const read = (item: number, signal: AbortSignal): Promise<number> =>
    new Promise((resolve, reject) => {
      signals.push(signal);
      begun.push({ item, finish: resolve, fail: () => reject(new Error(`no ${item}`)) });
    });
  const results = readAhead(items, { read, sizeOf: (size) => size, signal: new AbortController().signal, ...limits });
  return { begun, signals, results };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("reading ahead", () => {
  test("gives the results in order, whichever is there first", async () => {
    const { begun, results } = startReading([1, 2, 3], { most: 3, bytes: 100 });
    const first = results.next();
    await settled();
    begun[2]?.finish(30);
    begun[1]?.finish(20);
    begun[0]?.finish(10);
    expect((await first).value).toBe(10);
    expect((await results.next()).value).toBe(20);
    expect((await results.next()).value).toBe(30);
    expect((await results.next()).done).toBe(true);
  });

  test("begins no more than allowed", async () => {
    const { begun, results } = startReading([1, 2, 3, 4], { most: 2, bytes: 100 });
    const first = results.next();
    await settled();
    expect(begun.length).toBe(2);
    begun[0]?.finish(1);
    await first;
    const second = results.next();
    await settled();
    expect(begun.length).toBe(3);
    begun[1]?.finish(1);
    await second;
    await results.return(undefined);
  });

  test("begins none while too many bytes wait, and always the one that is asked for", async () => {
    const { begun, results } = startReading([1, 2, 3, 4], { most: 2, bytes: 50 });
    const first = results.next();
    await settled();
    begun[1]?.finish(60);
    begun[0]?.finish(60);
    await first;
    const second = await results.next();
    expect(second.value).toBe(60);
    expect(begun.length).toBe(2);
    const third = results.next();
    await settled();
    expect(begun.length).toBe(4);
    begun[2]?.finish(1);
    expect((await third).value).toBe(1);
    await results.return(undefined);
  });

  test("a failure comes in its turn and stops the rest", async () => {
    const { begun, signals, results } = startReading([1, 2, 3], { most: 3, bytes: 100 });
    const first = results.next();
    await settled();
    begun[1]?.fail();
    begun[0]?.finish(1);
    expect((await first).value).toBe(1);
    await expect(results.next()).rejects.toThrow("no 2");
    expect(signals.every((signal) => signal.aborted)).toBe(true);
  });

  test("whoever leaves early stops what is being read", async () => {
    const { begun, signals, results } = startReading([1, 2], { most: 2, bytes: 100 });
    const first = results.next();
    await settled();
    begun[0]?.finish(1);
    await first;
    await results.return(undefined);
    expect(signals[1]?.aborted).toBe(true);
  });
});
