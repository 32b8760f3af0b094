import { advance, createWorld, DENSITIES } from "#chain";
import { addBlock, blockFigures, emptySample, type MeasuredBlock, note, type Sample } from "./block-sample.ts";
import type { Day } from "./real-sample.ts";

export type Stretch = { readonly seed: number; readonly warmUp: number; readonly blocks: number };

/** Nothing is staged: what is compared is the quiet background. */
const QUIET = { scheduled: false } as const;

/** Blocks of the realistic density after a warm-up. */
export function simulateBlocks({ seed, warmUp, blocks }: Stretch): Sample {
  const world = createWorld(seed, DENSITIES.realistic, QUIET);
  const sample = emptySample();
  while (world.tip.height < warmUp + blocks) {
    for (const happening of advance(world)) {
      if (happening.type === "disconnect" || happening.block.height <= warmUp) continue;
      const { height, bytes, spent } = happening.block;
      addBlock(sample, { height, block: bytes, spent }, "simnet");
      note(sample, "backlog in blocks", world.mempool.weight / world.density.blockWeight);
    }
  }
  return sample;
}

export type SimulatedDays = {
  /** Seconds between blocks. */
  readonly intervals: readonly number[];
  readonly days: readonly Day[];
};

const DAY = 86_400;

/** Days of the demo density. */
export function simulateDays(seed: number, count: number): SimulatedDays {
  const world = createWorld(seed, DENSITIES.demo, QUIET);
  const intervals: number[] = [];
  const start = world.time + DAY;
  const days = Array.from({ length: count }, (_, index) => emptyDay(start + index * DAY));
  for (let foundAt = world.time; world.time < start + count * DAY;) {
    const { height } = world.tip;
    const happenings = advance(world);
    if (world.tip.height > Math.max(height, 0)) {
      intervals.push(world.time - foundAt);
      foundAt = world.time;
    }
    for (const happening of happenings) {
      const day = days[Math.floor((world.time - start) / DAY)];
      if (happening.type === "disconnect" || day === undefined) continue;
      const { height: blockHeight, bytes, spent } = happening.block;
      addToDay(day, { height: blockHeight, block: bytes, spent });
    }
  }
  return { intervals, days };
}

function emptyDay(time: number): { -readonly [Key in keyof Day]: Day[Key] } {
  const date = new Date(time * 1000);
  return { year: date.getUTCFullYear(), weekday: date.getUTCDay(), transactions: 0, blocks: 0, feesBtc: 0 };
}

function addToDay(day: ReturnType<typeof emptyDay>, block: MeasuredBlock): void {
  const { transactions, feesBtc } = blockFigures(block);
  day.blocks += 1;
  day.transactions += transactions;
  day.feesBtc += feesBtc;
}
