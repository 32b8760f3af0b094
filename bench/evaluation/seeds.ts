import type { SimulationOrder } from "#chain";

/** Detectors were tuned on seeds from 11 to 39, and on no other. What is learnt from outcomes is learnt from these. */
export const TUNING_SEEDS = { staged: [11, 12, 13, 14], quiet: [21, 22] } as const;

/** Seeds of the evaluation: nobody has tuned anything on them. */
export const EVALUATION_SEEDS = { staged: [1_001, 1_002, 1_003, 1_004], quiet: [1_101, 1_102] } as const;

export const BLOCKS = { staged: 18_000, quiet: 16_000 } as const;

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
