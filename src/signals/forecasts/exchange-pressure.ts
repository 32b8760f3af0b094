import { AdaptiveLevels } from "./adaptive-levels.ts";
import { distributionOf, quantileOf } from "./distribution.ts";
import { INTERVAL_LEVELS, type Interval } from "./intervals.ts";
import { SimilarOutcomes } from "./similar-outcomes.ts";

/** Blocks of a window: six hours. */
const WINDOW = 36;
/** Windows before that are looked at as one, for how things usually lean. */
const LONGER = 4;
const LEAST_OUTCOMES = 30;
/** Windows that begin within so many blocks are one. */
const FRESH_BLOCKS = 6;

/** What all exchanges received and spent in a block, in-house apart, satoshis. */
export type ExchangeFlow = { readonly height: number; readonly inflow: number; readonly outflow: number };

export type PressureForecast = {
  readonly height: number;
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
  readonly #outcomes = new SimilarOutcomes([0.15, 0.15]);
  readonly #levels = new AdaptiveLevels(LEVELS, { window: 300, gain: 0.02 });
  #open: Open[] = [];

  /** The next block; one of a height that was there already replaces it and all above. */
  connect(flow: ExchangeFlow): void {
    this.#flows = [...this.#flows.filter(({ height }) => height < flow.height), flow].slice(-WINDOW * (LONGER + 1));
    const due = this.#open.filter(({ height }) => height + WINDOW <= flow.height);
    this.#open = this.#open.filter(({ height }) => height + WINDOW > flow.height);
    for (const { height, circumstances, bounds } of due) {
      const value = leaning(this.#flows.filter((one) => one.height > height && one.height <= height + WINDOW));
      if (height < this.#outcomes.newest + FRESH_BLOCKS) continue;
      this.#outcomes.add({ height, circumstances, value });
      if (bounds !== undefined) this.#levels.resolve(value, bounds);
    }
  }

  /** From the newest block on; `undefined` without the blocks it looks at, or the outcomes of thirty windows. */
  forecast(): PressureForecast | undefined {
    const height = this.#flows.at(-1)?.height;
    if (height === undefined || this.#flows.length < WINDOW * (LONGER + 1)) return undefined;
    const index = leaning(this.#flows.slice(-WINDOW));
    const circumstances = [index, leaning(this.#flows.slice(0, -WINDOW))];
    if (this.#outcomes.size < LEAST_OUTCOMES || this.#outcomes.span < LEAST_OUTCOMES * WINDOW) {
      this.#open.push({ height, circumstances });
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
    return { height, index, median: quantileOf(distribution, 0.5), intervals };
  }
}

/** 0 where nothing moves. */
function leaning(flows: readonly ExchangeFlow[]): number {
  const inflow = flows.reduce((sum, flow) => sum + flow.inflow, 0);
  const outflow = flows.reduce((sum, flow) => sum + flow.outflow, 0);
  return inflow + outflow === 0 ? 0 : (inflow - outflow) / (inflow + outflow);
}
