import { describe, expect, test } from "vitest";
import { ChainClock } from "./chain-clock.ts";

function clockAt(paceFactor: number) {
  const wall = { ms: 1_000_000 };
  const clock = new ChainClock({ paceFactor, clock: () => wall.ms });
  clock.set(5_000);
  clock.start();
  return { wall, clock };
}

describe("ChainClock", () => {
  test("stands still until it starts, and is not set once it runs", () => {
    const wall = { ms: 1_000_000 };
    const clock = new ChainClock({ paceFactor: 60, clock: () => wall.ms });
    clock.set(4_000.7);
    clock.set(3_000);
    wall.ms += 5_000;
    expect(clock.isRunning).toBe(false);
    expect(clock.now()).toBe(4_000);
    clock.start();
    clock.set(9_000);
    wall.ms += 1_000;
    clock.start();
    expect(clock.now()).toBe(4_060);
  });

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
