/** What the protocol aims at, seconds. Source: Core `nPowTargetSpacing`. */
export const TARGET_SPACING = 600;

/** The target spacing counts as so many observed intervals: few blocks say little about the hash rate. */
export const PRIOR_INTERVALS = 48;

/**
 * Mean seconds between blocks, from the last intervals and the target spacing. Exponential intervals with a gamma
 * prior: its posterior mean.
 * @param seconds in which `intervals` blocks came
 */
export function meanSpacing(seconds: number, intervals: number): number {
  const prior = PRIOR_INTERVALS * TARGET_SPACING;
  return (prior + Math.max(0, seconds)) / (PRIOR_INTERVALS + intervals);
}

/** A prime, and one of its primitive roots whose first powers have no small ratios to each other. */
const PATHS = 61;
const ROOT = 17;

/**
 * Intervals of a Poisson process with mean 1 that stand for all: 61 paths of so many blocks. No chance is in them: in
 * each block they are spread evenly over the exponential distribution (a Latin hypercube), in another order each time.
 */
export function spreadIntervals(blocks: number): readonly Float64Array[] {
  const paths = Array.from({ length: PATHS }, () => new Float64Array(blocks));
  let factor = 1;
  for (let block = 0; block < blocks; block += 1) {
    for (const [path, intervals] of paths.entries()) {
      const place = ((path * factor + block) % PATHS) + 0.5;
      intervals[block] = -Math.log(1 - place / PATHS);
    }
    factor = (factor * ROOT) % PATHS;
  }
  return paths;
}

/** Another primitive root of {@link PATHS}. */
const OTHER_ROOT = 6;

/** Factors that stand for a lognormal distribution with this spread in octaves: one for each path, in no order of theirs. */
export function spreadFactors(octaves: number): readonly number[] {
  return Array.from({ length: PATHS }, (_, path) => {
    const place = (((path * OTHER_ROOT + 1) % PATHS) + 0.5) / PATHS;
    // Tukey's lambda approximation of the normal quantile.
    return 2 ** ((octaves * (place ** 0.135 - (1 - place) ** 0.135)) / 0.1975);
  });
}
