import { expect, test } from "vitest";
import { downSample } from "./down-sample.ts";

const line = (values: readonly number[]) => values.map((value, time) => ({ time, value }));

test("what is few enough stays as it is", () => {
  const points = line([3, 1, 2]);
  expect(downSample(points, 3)).toEqual(points);
  expect(downSample([], 10)).toEqual([]);
});

test("first, last and what stands out are kept, in order, never more than asked for", () => {
  const values = Array.from({ length: 10_000 }, (_, index) => (index === 4_321 ? 1_000 : Math.sin(index / 50)));
  const few = downSample(line(values), 200);
  expect(few).toHaveLength(200);
  expect(few[0]).toEqual({ time: 0, value: 0 });
  expect(few.at(-1)?.time).toBe(9_999);
  expect(few).toContainEqual({ time: 4_321, value: 1_000 });
  expect(few.every(({ time }, index) => index === 0 || time > (few[index - 1]?.time ?? 0))).toBe(true);
});
