import { DENSITIES, type SimulationOrder } from "#chain";
import { economicalValue, FEE_TARGETS, type FeeForecast, FeeForecasting, quantileOf } from "#signals";
import type { BlockRates, ReplayBlock } from "./describe-block.ts";
import { listOpponents } from "./opponents/opponents.ts";
import { orderOf, type RegimeName } from "./regimes.ts";
import { replay, type ReplayMoment } from "./replay.ts";

/** Least fee rate that the simulated nodes relay, sat/vB. */
const MIN_FEE_RATE = 0.1;

/** Everybody is asked so often, whatever blocks do. */
const ASK_SECONDS = 600;

/** Answers count from this height on: whoever learns from history has some. */
const WARM_UP_BLOCKS = 500;

/** By what a miner got for a package, or by what each transaction paid itself. */
export type Measure = "packages" | "transactions";

/** How bad too little is, in times of the fee: from careless to anxious. */
const MISS_COSTS: readonly number[] = Array.from({ length: 25 }, (_, index) => 0.02 * 1.6 ** index);
/** Times the most anxious answer: for whom even the dearest outcome of before is not enough. */
const MARGINS = [1.5, 2, 3, 5, 8];

/** The points of our curve. */
export const SETTINGS: readonly { readonly missCost: number; readonly margin: number }[] = [
  ...MISS_COSTS.map((missCost) => ({ missCost, margin: 1 })),
  ...MARGINS.map((margin) => ({ missCost: MISS_COSTS.at(-1) ?? 0, margin })),
];

/** One answer of everybody to one question, beside the truth. */
export type Answer = {
  readonly regime: RegimeName;
  readonly target: number;
  readonly measure: Measure;
  /** sat/vB that it took. */
  readonly needed: number;
  /** sat/vB by estimator, `null` where one cannot say. */
  readonly opponents: readonly (number | null)[];
  /** By setting. */
  readonly ours: readonly number[];
  readonly median: number;
  readonly intervals: FeeForecast["intervals"];
  /** What the outcomes that were known then would have told, by quantile alone: the widest interval's bounds first. */
  readonly empirical: FeeForecast["intervals"];
};

type Question = {
  readonly height: number;
  readonly opponents: readonly (readonly (number | null)[])[];
  readonly forecasts: ReadonlyMap<Measure, readonly FeeForecast[]>;
};

/** A stretch of a simulated network, and how is measured what it took. */
export type Stretch = Pick<SimulationOrder, "seed" | "blocks" | "density"> & {
  readonly regime: RegimeName;
  readonly measures: readonly Measure[];
};

export type Collected = { readonly names: readonly string[]; readonly answers: readonly Answer[] };

/** Runs one stretch of the simulated network past everybody. */
export function collect({ regime, measures, ...stretch }: Stretch): Collected {
  const { blockWeight } = DENSITIES[stretch.density];
  const opponents = listOpponents({ minFeeRate: MIN_FEE_RATE, blockWeight });
  const forecastings = measures.map((measure) => [measure, new FeeForecasting(blockWeight)] as const);
  const chain = new Map<number, ReplayBlock>();
  const questions: Question[] = [];
  const everyMinutes = stretch.density === "demo" ? 1 : 5;
  for (const moment of replay(orderOf(regime, stretch), everyMinutes)) {
    for (const block of moment.connected) chain.set(block.height, block);
    for (const opponent of opponents) opponent.take(moment);
    for (const [measure, forecasting] of forecastings) teach(forecasting, moment, measure);
    if (moment.time % ASK_SECONDS !== 0) continue;
    const forecasts = new Map(forecastings.map(([measure, forecasting]) => [measure, forecasting.forecast()]));
    const said = opponents.flatMap((opponent) => opponent.estimate(FEE_TARGETS));
    questions.push({ height: moment.height, opponents: said, forecasts });
  }
  const answers = measures.flatMap((measure) => resolve({ regime, measure, chain }, questions));
  return { names: opponents.flatMap((opponent) => opponent.names), answers };
}

function teach(forecasting: FeeForecasting, { connected, snapshot }: ReplayMoment, measure: Measure): void {
  for (const block of connected) {
    forecasting.connect({ height: block.height, time: block.headerTime, lowRate: block[measure]?.p5 ?? null });
  }
  forecasting.look(snapshot);
}

type Truth = {
  readonly regime: RegimeName;
  readonly measure: Measure;
  readonly chain: ReadonlyMap<number, ReplayBlock>;
};

function resolve({ regime, measure, chain }: Truth, questions: readonly Question[]): Answer[] {
  const answers: Answer[] = [];
  for (const [place, target] of FEE_TARGETS.entries()) {
    const outcomes = questions.map(({ height }) => neededRate(chain, { height, target, measure }));
    for (const [index, { height, opponents, forecasts }] of questions.entries()) {
      const forecast = forecasts.get(measure)?.find((one) => one.target === target);
      const needed = outcomes[index];
      if (needed === undefined || forecast === undefined || height < WARM_UP_BLOCKS) continue;
      const known = outcomes.slice(0, questions.findLastIndex((one) => one.height + target <= height) + 1);
      answers.push({
        regime,
        target,
        measure,
        needed,
        opponents: opponents.map((fees) => fees[place] ?? null),
        ours: SETTINGS.map(({ missCost, margin }) => margin * economicalValue(forecast.distribution, missCost)),
        median: quantileOf(forecast.distribution, 0.5),
        intervals: forecast.intervals,
        empirical: empiricalIntervals(known, forecast.intervals),
      });
    }
  }
  return answers;
}

type Window = { readonly height: number; readonly target: number; readonly measure: Measure };

/** The least of the 5 % points of the blocks above; of an empty one nothing is known. `undefined` where some lie ahead. */
function neededRate(chain: Truth["chain"], { height, target, measure }: Window): number | undefined {
  if (!chain.has(height + target)) return undefined;
  const rates: (BlockRates | null)[] = [];
  for (let above = 1; above <= target; above += 1) rates.push(chain.get(height + above)?.[measure] ?? null);
  const least = Math.min(...rates.map((rate) => rate?.p5 ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(least) ? Math.max(least, MIN_FEE_RATE) : undefined;
}

/** Outcomes that quantiles are taken of. */
const EMPIRICAL_WINDOW = 500;

function empiricalIntervals(
  outcomes: readonly (number | undefined)[],
  like: FeeForecast["intervals"],
): FeeForecast["intervals"] {
  const known = outcomes.filter((rate) => rate !== undefined).slice(-EMPIRICAL_WINDOW);
  known.sort((left, right) => left - right);
  const at = (level: number): number => known[Math.min(known.length - 1, Math.floor(level * known.length))] ?? 0;
  return like.map(({ level }) => ({ level, low: at((1 - level) / 2), high: at((1 + level) / 2) }));
}
