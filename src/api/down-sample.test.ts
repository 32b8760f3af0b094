import fc from "fast-check";
import { expect, test } from "vitest";
import { downSample, type Point } from "./down-sample.ts";

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

/** The same as its author published it, line by line (`sveinn-steinarsson/flot-downsample`). */
function asPublished(points: readonly Point[], threshold: number): readonly Point[] {
  const at = (index: number): Point => points[index] ?? { time: Number.NaN, value: Number.NaN };
  const every = (points.length - 2) / (threshold - 2);
  const sampled = [at(0)];
  let chosen = 0;
  for (let i = 0; i < threshold - 2; i += 1) {
    const [rangeFrom, rangeTo] = [Math.floor(i * every) + 1, Math.floor((i + 1) * every) + 1];
    const averageTo = Math.min(Math.floor((i + 2) * every) + 1, points.length);
    let [averageTime, averageValue] = [0, 0];
    for (let j = rangeTo; j < averageTo; j += 1) {
      averageTime += at(j).time;
      averageValue += at(j).value;
    }
    averageTime /= averageTo - rangeTo;
    averageValue /= averageTo - rangeTo;
    let [largest, next] = [-1, rangeFrom];
    for (let j = rangeFrom; j < rangeTo; j += 1) {
      const area =
        Math.abs(
          (at(chosen).time - averageTime) * (at(j).value - at(chosen).value) -
            (at(chosen).time - at(j).time) * (averageValue - at(chosen).value),
        ) * 0.5;
      if (area > largest) [largest, next] = [area, j];
    }
    sampled.push(at(next));
    chosen = next;
  }
  return [...sampled, at(points.length - 1)];
}

test("what is chosen of a stretch depends on the next one, as published", () => {
  const within = (most: number) => fc.array(fc.integer({ min: -most, max: most }), { minLength: 12, maxLength: 80 });
  // Of few values many triangles are alike: the first of them is chosen.
  const values = fc.oneof(within(1_000), within(1));
  fc.assert(
    fc.property(values, fc.integer({ min: 3, max: 11 }), (given, most) => {
      expect(downSample(line(given), most)).toEqual(asPublished(line(given), most));
    }),
  );
});
