import { describe, expect, test } from "vitest";
import { ChainClock } from "./chain-clock.ts";

function clockAt(paceFactor: number) {
  const wall = { ms: 1_000_000 };
  return { wall, clock: new ChainClock({ startTime: 5_000, paceFactor, clock: () => wall.ms }) };
}

describe("ChainClock", () => {
  test("stands at its start and runs at its pace", () => {
    const { wall, clock } = clockAt(60);
    expect(clock.now()).toBe(5_000);
    wall.ms += 999;
    expect(clock.now()).toBe(5_059);
    wall.ms += 1;
    expect(clock.now()).toBe(5_060);
  });

  test("does not go back with a wall clock that is set back", () => {
    const { wall, clock } = clockAt(60);
    wall.ms += 10_000;
    expect(clock.now()).toBe(5_600);
    wall.ms -= 3_600_000;
    expect(clock.now()).toBe(5_600);
    wall.ms += 1_000;
    expect(clock.now()).toBe(5_660);
  });

  test.each([60, 7, 0.1, 3.3, 86_400])(
    "at pace %d the wait that it names ends when the time comes, not before",
    (pace) => {
      const { wall, clock } = clockAt(pace);
      for (let time = 5_001; time < 9_000; time += 7) {
        const waitMs = clock.millisecondsUntil(time);
        wall.ms += Math.max(0, waitMs - 2);
        if (waitMs > 2) expect(clock.now()).toBeLessThan(time);
        for (let more = 0; clock.now() < time; more += 1) {
          expect(more).toBeLessThan(3);
          wall.ms += clock.millisecondsUntil(time);
        }
        expect(clock.millisecondsUntil(time)).toBe(0);
      }
    },
  );
});
