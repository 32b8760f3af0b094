import { AdaptiveLevels } from "./adaptive-levels.ts";
import { distributionOf, quantileOf } from "./distribution.ts";
import { INTERVAL_LEVELS, type Interval } from "./intervals.ts";
import { SimilarOutcomes } from "./similar-outcomes.ts";

/** Blocks of a window: six hours. */
export const PRESSURE_BLOCKS = 36;
/** Windows before that are looked at as one, for how things usually lean. */
const LONGER = 4;
const LEAST_OUTCOMES = 30;
/** Windows that begin within so many blocks are one. */
const FRESH_BLOCKS = 6;

/** What all exchanges received and spent in a block, in-house apart, satoshis. */
export type ExchangeFlow = { readonly height: number; readonly inflow: number; readonly outflow: number };

export type PressureForecast = {
  readonly height: number;
  /** Outcomes that it rests on. */
  readonly outcomes: number;
  /** Of the last window: (inflow − outflow) / (inflow + outflow), −1…1; above 0 more comes than goes. */
  readonly index: number;
  /** Of the next window. */
  readonly median: number;
  readonly intervals: readonly Interval[];
};

const LEVELS = [
  ...INTERVAL_LEVELS.toReversed().map((level) => (1 - level) / 2),
  ...INTERVAL_LEVELS.map((level) => (1 + level) / 2),
];

type Open = { readonly height: number; readonly circumstances: readonly number[]; readonly bounds?: readonly number[] };

/**
 * The exchange pressure index: of all that labelled exchanges receive and spend in 36 blocks, how much more is received
 * than spent. Its forecast is what came out before where the last window and the four before leant alike. A number
 * about flows: it says nothing about why coins move.
 */
export class ExchangePressure {
  /** Ascending by height, as many as are looked at. */
  #flows: ExchangeFlow[] = [];
  readonly #outcomes = new SimilarOutcomes([1.2, 1.2]);
  readonly #levels = new AdaptiveLevels(LEVELS, { window: 300, gain: 0.005 });
  #open: Open[] = [];

  /** The next block; one of a height that was there already replaces it and all above. */
  connect(flow: ExchangeFlow): void {
    this.#takeBackTo(flow.height - 1);
    this.#flows.push(flow);
    if (this.#flows.length > PRESSURE_BLOCKS * (LONGER + 1)) this.#flows.shift();
    const due: Open[] = [];
    while ((this.#open[0]?.height ?? Number.POSITIVE_INFINITY) + PRESSURE_BLOCKS <= flow.height) {
      due.push(...this.#open.splice(0, 1));
    }
    for (const { height, circumstances, bounds } of due) {
      const value = leaningOf(
        this.#flows.filter((one) => one.height > height && one.height <= height + PRESSURE_BLOCKS),
      );
      if (height < this.#outcomes.newest + FRESH_BLOCKS) continue;
      this.#outcomes.add({ height, circumstances, value });
      if (bounds !== undefined) this.#levels.resolve(value, bounds);
    }
  }

  /** What was made on blocks that are replaced is not of this chain. */
  #takeBackTo(newest: number): void {
    while ((this.#flows.at(-1)?.height ?? newest) > newest) this.#flows.pop();
    while ((this.#open.at(-1)?.height ?? newest) > newest) this.#open.pop();
  }

  /** Makes one for itself, to learn from: nobody is told. */
  practise(): void {
    const moment = this.#moment();
    if (moment !== undefined) this.#open.push(moment);
  }

  /** From the newest block on; `undefined` without the blocks it looks at, or the outcomes of thirty windows. */
  forecast(): PressureForecast | undefined {
    const moment = this.#moment();
    if (moment === undefined) return undefined;
    const { height, circumstances } = moment;
    if (this.#outcomes.size < LEAST_OUTCOMES || this.#outcomes.span < LEAST_OUTCOMES * PRESSURE_BLOCKS) {
      this.#open.push(moment);
      return undefined;
    }
    const distribution = distributionOf(this.#outcomes.weigh(circumstances));
    const bounds = this.#levels.current.map((level) => quantileOf(distribution, level));
    this.#open.push({ height, circumstances, bounds });
    const intervals = INTERVAL_LEVELS.map((level, place) => ({
      level,
      low: bounds[INTERVAL_LEVELS.length - 1 - place] ?? -1,
      high: bounds[INTERVAL_LEVELS.length + place] ?? 1,
    }));
    const [index = 0] = circumstances;
    const outcomes = this.#outcomes.size;
    return { height, outcomes, index, median: quantileOf(distribution, 0.5), intervals };
  }

  #moment(): Open | undefined {
    const height = this.#flows.at(-1)?.height;
    if (height === undefined || this.#flows.length < PRESSURE_BLOCKS * (LONGER + 1)) return undefined;
    const [last, before] = [this.#flows.slice(-PRESSURE_BLOCKS), this.#flows.slice(0, -PRESSURE_BLOCKS)];
    return { height, circumstances: [leaningOf(last), leaningOf(before)] };
  }
}

/** (inflow − outflow) / (inflow + outflow) of all of them; 0 where nothing moves. */
export function leaningOf(flows: readonly ExchangeFlow[]): number {
  const inflow = flows.reduce((sum, flow) => sum + flow.inflow, 0);
  const outflow = flows.reduce((sum, flow) => sum + flow.outflow, 0);
  return inflow + outflow === 0 ? 0 : (inflow - outflow) / (inflow + outflow);
}
