import { describe, expect, test } from "vitest";
import { Random } from "./random.ts";

describe("Random", () => {
  test("draws the same from the same text, on every machine", () => {
    const random = new Random("simnet 42");
    expect([random.u32(), random.u32(), random.below(1_000_000), Buffer.from(random.bytes(6)).toString("hex")]).toEqual(
      [2_547_140_480, 2_145_172_770, 712_061, "dea91e27815a"],
    );
  });

  test("draws otherwise from another text", () => {
    expect(new Random("a").bytes(16)).not.toEqual(new Random("b").bytes(16));
  });

  test("is even, and bell-shaped where asked", () => {
    const random = new Random("even");
    const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let sum = 0;
    let squares = 0;
    for (let draw = 0; draw < 100_000; draw += 1) {
      const digit = random.below(10);
      counts[digit] = (counts[digit] ?? 0) + 1;
      const bell = random.bell();
      sum += bell;
      squares += bell * bell;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    expect(Math.abs(sum / 100_000)).toBeLessThan(0.02);
    expect(Math.abs(squares / 100_000 - 1)).toBeLessThan(0.02);
  });

  test("stays within its bounds and reaches both", () => {
    const random = new Random("bounds");
    const drawn = new Set(Array.from({ length: 1_000 }, () => random.between(3, 6)));
    expect([...drawn].toSorted((left, right) => left - right)).toEqual([3, 4, 5, 6]);
    expect(random.bytes(7)).toHaveLength(7);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
