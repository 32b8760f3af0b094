/** Between two bounds the truth shall lie with this probability, and as often below as above. */
export type Interval = {
  readonly level: number;
  readonly low: number;
  readonly high: number;
};

/** What every forecast tells, narrowest first. */
export const INTERVAL_LEVELS = [0.5, 0.8, 0.95] as const;

/** Standard deviations on each side that hold those shares of a normal distribution. */
const DEVIATIONS = [0.674_49, 1.281_55, 1.959_96];

export function normalIntervals(mean: number, deviation: number): Interval[] {
  return INTERVAL_LEVELS.map((level, index) => {
    const reach = deviation * (DEVIATIONS[index] ?? 0);
    return { level, low: mean - reach, high: mean + reach };
  });
}
