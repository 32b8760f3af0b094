import type { Sample } from "./block-sample.ts";
import type { Day, RealData } from "./real-sample.ts";
import type { SimulatedDays } from "./simulated-sample.ts";
import { kolmogorovSmirnov, sizeOf, type Tally, totalVariation } from "./two-sample.ts";

/** How far the simulation is from reality in one quantity, and how far real blocks are from each other. */
export type Distance = {
  readonly quantity: string;
  readonly measure: "KS" | "TV";
  /** By what it is compared with. */
  readonly distances: Readonly<Record<string, number>>;
  /** Least and largest distance between two of the real ones; absent where there are not two. */
  readonly realSpread: readonly [least: number, most: number] | undefined;
  /** For a reader: medians of numbers, shares of a yes. */
  readonly simulated: string;
  readonly real: string;
};

type Numbered = readonly [name: string, numbers: readonly number[]];
type Tallied = readonly [name: string, tally: Tally];

export function compareBlocks(simulated: Sample, { blocks }: RealData): Distance[] {
  const numbers = Object.entries(simulated.numbers).map(([quantity, own]) => {
    const real = [...blocks].flatMap(([height, sample]): Numbered[] => {
      const found = sample.numbers[quantity];
      return found === undefined ? [] : [[String(height), found]];
    });
    return compareNumbers(quantity, own, real);
  });
  const tallies = Object.entries(simulated.tallies).map(([quantity, own]) => {
    const real = [...blocks].flatMap(([height, sample]): Tallied[] => {
      const found = sample.tallies[quantity];
      return found === undefined ? [] : [[String(height), found]];
    });
    return compareTallies(quantity, own, real);
  });
  return [...numbers, ...tallies];
}

export function compareDays({ intervals, days }: SimulatedDays, real: RealData): Distance[] {
  const exponential = Array.from({ length: 5_000 }, (_, index) => -600 * Math.log(1 - (index + 0.5) / 5_000));
  const byYear = Object.entries(Object.groupBy(real.days, ({ year }) => String(year)));
  const against = (measure: (days: readonly Day[]) => number[]): Numbered[] =>
    byYear.map(([year, ofYear]) => [year, measure(ofYear ?? [])]);
  return [
    compareNumbers("seconds between blocks", intervals, [
      ["arrivals at a node", real.intervals],
      ["exponential, mean 600", exponential],
    ]),
    compareNumbers("a day's transactions per block by median", transactionsOf(days), against(transactionsOf)),
    compareNumbers("a day's fees per block by median", feesOf(days), against(feesOf)),
    compareNumbers("a weekend's transactions by the week's", weekendsOf(days), against(weekendsOf)),
  ];
}

function compareNumbers(quantity: string, own: readonly number[], real: readonly Numbered[]): Distance {
  return {
    quantity,
    measure: "KS",
    distances: Object.fromEntries(real.map(([name, numbers]) => [name, kolmogorovSmirnov(own, numbers)])),
    realSpread: spreadOf(real, kolmogorovSmirnov),
    simulated: quartilesOf(own),
    real: real.map(([, numbers]) => quartilesOf(numbers)).join(" · "),
  };
}

function compareTallies(quantity: string, own: Tally, real: readonly Tallied[]): Distance {
  return {
    quantity,
    measure: "TV",
    distances: Object.fromEntries(real.map(([name, tally]) => [name, totalVariation(own, tally)])),
    realSpread: spreadOf(real, totalVariation),
    simulated: sharesOf(own),
    real: real.map(([, tally]) => sharesOf(tally)).join(" · "),
  };
}

function spreadOf<T>(
  real: readonly (readonly [string, T])[],
  distance: (left: T, right: T) => number,
): [number, number] | undefined {
  const pairs = real.flatMap(([, left], index) => real.slice(index + 1).map(([, right]) => distance(left, right)));
  return pairs.length === 0 ? undefined : [Math.min(...pairs), Math.max(...pairs)];
}

function quartilesOf(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => Number(at(share).toPrecision(3))).join(" ");
}

function sharesOf(tally: Tally): string {
  const whole = sizeOf(tally);
  const percent = (count: number) => `${((100 * count) / whole).toFixed(1)} %`;
  if (tally["yes"] !== undefined) return percent(tally["yes"]);
  const named = Object.entries(tally).filter(([, count]) => count / whole >= 0.005);
  return named.map(([name, count]) => `${name} ${percent(count)}`).join(", ");
}

function transactionsOf(days: readonly Day[]): number[] {
  return byMedian(days.map(({ transactions, blocks }) => transactions / blocks));
}

function feesOf(days: readonly Day[]): number[] {
  return byMedian(days.map(({ feesBtc, blocks }) => feesBtc / blocks));
}

function byMedian(values: readonly number[]): number[] {
  const median = values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 1;
  return values.map((value) => value / median);
}

/** Saturdays and Sundays by the mean of the seven days around them. */
function weekendsOf(days: readonly Day[]): number[] {
  return days.flatMap(({ weekday, transactions }, index) => {
    const week = days.slice(index - 3, index + 4);
    if ((weekday !== 0 && weekday !== 6) || index < 3 || week.length < 7) return [];
    return [transactions / (week.reduce((sum, day) => sum + day.transactions, 0) / 7)];
  });
}
