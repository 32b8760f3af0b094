/** Where values stand on a scale on which twice as much is always as far away; percents of its length. */
export type LogScale = { readonly placeOf: (value: number) => number; readonly ticks: readonly number[] };

const STEPS = [1, 2, 5] as const;
const MOST_TICKS = 7;

/** From the step of 1, 2 or 5 below the least to the one above the greatest; `undefined` where no value is above 0. */
export function logScale(values: readonly number[]): LogScale | undefined {
  const known = values.filter((value) => value > 0 && Number.isFinite(value));
  if (known.length === 0) return undefined;
  const [least, greatest] = [Math.min(...known), Math.max(...known)];
  const steps: number[] = [];
  for (let power = Math.floor(Math.log10(least)); (steps.at(-1) ?? 0) <= greatest; power += 1)
    for (const step of STEPS) steps.push(Number((step * 10 ** power).toPrecision(1)));
  const low = steps.findLastIndex((step) => step <= least);
  const high = steps.findIndex((step, at) => at > low && step >= greatest);
  const shown = steps.slice(low, high + 1);
  const [first = 1, last = 10] = [shown[0], shown.at(-1)];
  const every = Math.ceil(shown.length / MOST_TICKS);
  return {
    placeOf: (value) => Math.min(100, Math.max(0, (100 * Math.log(value / first)) / Math.log(last / first))),
    ticks: shown.filter((_, at) => at % every === 0),
  };
}
