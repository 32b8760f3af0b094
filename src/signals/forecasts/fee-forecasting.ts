import type { MempoolSnapshot } from "#bitcoin";
import { AdaptiveLevels } from "./adaptive-levels.ts";
import { meanSpacing } from "./block-times.ts";
import { distributionOf, quantileOf } from "./distribution.ts";
import { FEE_TARGETS, type FeeForecast, type FeeTarget, type MinedBlock } from "./fee-forecast.ts";
import { CIRCUMSTANCE_WIDTHS, type FeeModel, modelFees } from "./fee-model.ts";
import { InflowHistory } from "./inflow.ts";
import { INTERVAL_LEVELS } from "./intervals.ts";
import { SimilarOutcomes } from "./similar-outcomes.ts";
import { wholeShareOf } from "./whole-rates.ts";

/** Outcomes of its own that have to be known before a target is forecast. */
const LEAST_OUTCOMES = 30;

/** Blocks that it looks back on: a day. */
const BLOCKS = 144;

/** Levels of the bounds: the widest interval's lower one, …, its upper one. */
const LEVELS = [
  ...INTERVAL_LEVELS.toReversed().map((level) => (1 - level) / 2),
  ...INTERVAL_LEVELS.map((level) => (1 + level) / 2),
];

type Learning = { readonly outcomes: SimilarOutcomes; readonly levels: AdaptiveLevels; readonly open: Open[] };

/** A forecast whose blocks have not come yet; `bounds` where it was told. */
type Open = { readonly height: number; readonly model: FeeModel; readonly bounds: readonly number[] | undefined };

/**
 * Forecasts the fee rate for inclusion within some blocks. A model mines what waits and what comes; how far it was off
 * before, in circumstances like these, makes a distribution of it, and its intervals are moved until they hold what they
 * promise. All that it remembers is a day of inflow and of blocks and the last outcomes of its own forecasts.
 */
export class FeeForecasting {
  readonly #blockWeight: number;
  readonly #inflow = new InflowHistory();
  /** By height, the newest day. */
  readonly #blocks = new Map<number, MinedBlock>();
  readonly #learning: ReadonlyMap<FeeTarget, Learning>;
  #snapshot: MempoolSnapshot | undefined;

  /** @param blockWeight weight units that a miner fills, the coinbase apart */
  constructor(blockWeight: number) {
    this.#blockWeight = blockWeight;
    this.#learning = new Map(FEE_TARGETS.map((target) => [target, startLearning(target)]));
  }

  /** Learns what waits now. Snapshots come in order; the more there are, the better inflow is known. */
  look(snapshot: MempoolSnapshot): void {
    this.#inflow.take(snapshot);
    this.#snapshot = snapshot;
  }

  /**
   * Learns of the next block, and by it what came of the forecasts that were due with it. A block of a height that was
   * there already replaces it; an outcome that was told stays.
   */
  connect(block: MinedBlock): void {
    this.#blocks.set(block.height, block);
    this.#blocks.delete(block.height - BLOCKS - 1);
    for (const [target, { outcomes, levels, open }] of this.#learning) {
      while ((open[0]?.height ?? Number.POSITIVE_INFINITY) + target <= block.height) {
        const { height, model, bounds } = open.shift() ?? { height: 0 };
        const rate = this.#neededRate(height, target);
        if (model === undefined || rate === undefined) continue;
        outcomes.add(model.circumstances, rate - model.center);
        if (bounds !== undefined) levels.resolve(rate, bounds);
      }
    }
  }

  /**
   * By target, from the newest snapshot on. None without a snapshot that tells its tip and its transactions, and none
   * for a target of which too few outcomes are known. Each call is a forecast that will be held against its outcome.
   */
  forecast(): FeeForecast[] {
    const snapshot = this.#snapshot;
    if (snapshot?.tip == null || snapshot.histogram === null) return [];
    const { height } = snapshot.tip;
    const models = modelFees(this.#miningState(snapshot), FEE_TARGETS);
    let before: FeeForecast | undefined;
    return FEE_TARGETS.flatMap((target, index) => {
      const [model, learning] = [models[index], this.#learning.get(target)];
      if (model === undefined || learning === undefined) return [];
      const told = describe(learning, model, { target, height, time: snapshot.time });
      const forecast = told === undefined ? undefined : atMost(told, before);
      before = forecast ?? before;
      learning.open.push({ height, model, bounds: forecast === undefined ? undefined : boundsOf(forecast) });
      return forecast === undefined ? [] : [forecast];
    });
  }

  #miningState(snapshot: MempoolSnapshot) {
    const blocks = [...this.#blocks.values()].toSorted((left, right) => left.height - right.height);
    const seconds = (blocks.at(-1)?.time ?? 0) - (blocks[0]?.time ?? 0);
    const lowRates = blocks.flatMap(({ lowRate }) => (lowRate === null || lowRate <= 0 ? [] : [lowRate]));
    return {
      snapshot,
      inflow: this.#inflow,
      blockWeight: this.#blockWeight,
      spacing: meanSpacing(seconds, Math.max(0, blocks.length - 1)),
      wholeShare: wholeShareOf(lowRates),
    };
  }

  /** log2 of sat/vB: the least that got into one of the blocks above this height. */
  #neededRate(height: number, target: number): number | undefined {
    let least = Number.POSITIVE_INFINITY;
    for (let above = 1; above <= target; above += 1) {
      least = Math.min(least, this.#blocks.get(height + above)?.lowRate ?? Number.POSITIVE_INFINITY);
    }
    return Number.isFinite(least) && least > 0 ? Math.log2(least) : undefined;
  }
}

function startLearning(target: number): Learning {
  // Outcomes of long targets overlap and come late: each says less.
  const levels = new AdaptiveLevels(LEVELS, { window: 500, gain: 0.02 / target ** 0.25 });
  return { outcomes: new SimilarOutcomes(CIRCUMSTANCE_WIDTHS), levels, open: [] };
}

type Moment = Pick<FeeForecast, "target" | "height" | "time">;

function describe({ outcomes, levels }: Learning, model: FeeModel, moment: Moment): FeeForecast | undefined {
  if (outcomes.size < LEAST_OUTCOMES) return undefined;
  const weighed = outcomes.weigh(model.circumstances);
  const distribution = distributionOf(weighed.map(([error, weight]) => [2 ** (model.center + error), weight]));
  const bounds = levels.current.map((level) => quantileOf(distribution, level));
  const intervals = INTERVAL_LEVELS.map((level, index) => ({
    level,
    low: bounds[INTERVAL_LEVELS.length - 1 - index] ?? 0,
    high: bounds[INTERVAL_LEVELS.length + index] ?? 0,
  }));
  return { ...moment, outcomes: outcomes.size, median: quantileOf(distribution, 0.5), intervals, distribution };
}

/** More time never takes more than less does. */
function atMost(forecast: FeeForecast, sooner: FeeForecast | undefined): FeeForecast {
  if (sooner === undefined) return forecast;
  const intervals = forecast.intervals.map(({ level, low, high }, index) => ({
    level,
    low: Math.min(low, sooner.intervals[index]?.low ?? low),
    high: Math.min(high, sooner.intervals[index]?.high ?? high),
  }));
  return { ...forecast, median: Math.min(forecast.median, sooner.median), intervals };
}

/** log2 of sat/vB, by level. */
function boundsOf({ intervals }: FeeForecast): number[] {
  return [...intervals.toReversed().map(({ low }) => Math.log2(low)), ...intervals.map(({ high }) => Math.log2(high))];
}
