import { expect, test } from "vitest";
import { BatchLoader } from "./batch-loader.ts";

test("what is wanted at once is asked for together, each once, in requests of a bounded size", async () => {
  const asked: (readonly string[])[] = [];
  const loader = new BatchLoader(async (ids) => {
    asked.push(ids);
    return new Map(ids.map((id) => [id, id.toUpperCase()]));
  }, 2);
  expect(await Promise.all(["a", "b", "a", "c"].map((id) => loader.load(id)))).toEqual(["A", "B", "A", "C"]);
  expect(asked).toEqual([["a", "b"], ["c"]]);
  expect(await loader.load("a")).toBe("A");
  expect(asked).toHaveLength(3);
});

test("a request that fails fails for all who waited, and what was not answered is no value", async () => {
  const failing = new BatchLoader(() => Promise.reject(new Error("gone")), 10);
  await expect(Promise.all([failing.load("a"), failing.load("b")])).rejects.toThrow("gone");
  const empty = new BatchLoader(async () => new Map<string, string>(), 10);
  await expect(empty.load("a")).rejects.toThrow("nothing was answered for a");
});
