import type { SimulationOrder } from "#chain";

/** Detectors were tuned on seeds from 11 to 39, and on no other. What is learnt from outcomes is learnt from these. */
export const TUNING_SEEDS = { staged: [11, 12, 13, 14, 15, 16, 17, 18], quiet: [21, 22] } as const;

/** Seeds of the evaluation: nobody has tuned anything on them. */
export const EVALUATION_SEEDS = {
  staged: Array.from({ length: 12 }, (_, index) => 1_001 + index),
  quiet: [1_101, 1_102],
} as const;

/** Stretches of the fee evaluation: kinds of times that the model was not made on, and seeds that it has not seen. */
export const FEE_STRETCHES = [
  { regime: "inscriptions", seed: 1_021 },
  { regime: "consolidations", seed: 1_022 },
  { regime: "fewer miners", seed: 1_023 },
] as const;

export const BLOCKS = { staged: 18_000, quiet: 16_000, fees: 1_700 } as const;

/** Blocks from one asked shuffle to the next, beside those of the schedule: the trap has to be set often. */
const SHUFFLE_EVERY = 240;
/** Not when the schedule begins something. */
const SHUFFLE_AT = 90;

/** What is simulated of a seed: everything is staged on it, or nothing. */
export function orderOf(seed: number, isStaged: boolean, blocks: number): SimulationOrder {
  const order = { seed, density: "demo", scheduled: isStaged, blocks } as const;
  if (!isStaged) return order;
  let asked = 0;
  return {
    ...order,
    stage: ({ tip }) => {
      if (tip.height === asked || tip.height % SHUFFLE_EVERY !== SHUFFLE_AT) return undefined;
      asked = tip.height;
      return { kind: "in-house-shuffle" };
    },
  };
}
