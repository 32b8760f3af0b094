import { describe, expect, test } from "vitest";
import { DENSITIES } from "../density.ts";
import { STAGED_KINDS, type StagedKind } from "./kinds.ts";
import { scheduledAt } from "./schedule.ts";

const SEEDS = [1, 2, 7, 42, 4_294_967_295];
const BLOCKS = 18_000;

type Slot = { readonly kind: StagedKind; readonly round: number; readonly height: number };

function scheduleOf(seed: number, density = DENSITIES.demo): Slot[] {
  return Array.from({ length: BLOCKS }, (_, height) => height).flatMap((height) => {
    const scheduled = scheduledAt({ seed, density }, height);
    return scheduled === undefined ? [] : [{ ...scheduled, height }];
  });
}

describe.each(SEEDS)("the schedule of seed %d", (seed) => {
  const slots = scheduleOf(seed);

  test("begins an event every 55 blocks, each kind once in a round", () => {
    expect(slots.map(({ height }) => height)).toEqual(slots.map((_, index) => 196 + 55 * index));
    for (let start = 0; start + 16 <= slots.length; start += 16) {
      const round = slots.slice(start, start + 16);
      expect(round.map(({ kind }) => kind).toSorted()).toEqual(STAGED_KINDS.toSorted());
      expect(new Set(round.map((slot) => slot.round))).toEqual(new Set([start / 16]));
    }
  });

  test("leaves half a round between two of a kind, but for a newcomer's first", () => {
    for (const kind of STAGED_KINDS) {
      const heights = slots.filter((slot) => slot.kind === kind).map(({ height }) => height);
      const gaps = heights.slice(1).map((height, index) => height - (heights[index] ?? 0));
      const isPlain = kind === "inflow-spike" || kind === "fee-spike";
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual((isPlain ? 3 : 8) * 55);
    }
  });

  test.each(["demo", "realistic"] as const)("begins with what a newcomer understands, %s", (name) => {
    const { historyBlocks } = DENSITIES[name];
    const first = scheduleOf(seed, DENSITIES[name]).find(({ height }) => height > historyBlocks);
    expect(first?.height).toBe(historyBlocks + 1);
    expect(["inflow-spike", "fee-spike"]).toContain(first?.kind);
  });
});

test("no two kinds always go together", () => {
  const follows = SEEDS.flatMap((seed) => {
    const slots = scheduleOf(seed);
    return slots.flatMap(({ kind }, at) =>
      (kind === "fee-spike" ? slots.slice(at - 3, at) : []).map((one) => one.kind),
    );
  });
  const before = follows.filter((kind) => kind === "hash-rate-drop").length / (follows.length / 3);
  // By chance a drop would be one of the three before in one of five or so.
  expect(before).toBeGreaterThan(0.08);
  expect(before).toBeLessThan(0.35);
});

test("each seed has its own", () => {
  const orders = SEEDS.map((seed) =>
    scheduleOf(seed)
      .map(({ kind }) => kind)
      .join(),
  );
  expect(new Set(orders).size).toBe(SEEDS.length);
});
