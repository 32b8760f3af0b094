import fc from "fast-check";
import { expect, test } from "vitest";
import { HeightTimes } from "./height-times.ts";

test("each height has the time that was last taken down for it, or none", () => {
  const height = fc.nat(3_000);
  const time = fc.integer({ min: 1, max: 0xffff_ffff });
  const steps = fc.array(fc.record({ first: height, times: fc.array(time, { minLength: 1, maxLength: 40 }) }));
  fc.assert(
    fc.property(fc.array(time), steps, height, (begin, taken, asked) => {
      const times = new HeightTimes(Uint32Array.from(begin));
      const expected = [...begin];
      for (const { first, times: some } of taken) {
        if (some.length === 1) times.set(first, some[0] ?? 0);
        else times.setAll(first, Uint32Array.from(some));
        for (const [offset, each] of some.entries()) expected[first + offset] = each;
      }
      expect(times.of(asked)).toBe(expected[asked]);
      expect(times.of(expected.length)).toBeUndefined();
    }),
  );
});
