import type { MempoolSnapshot } from "#bitcoin";
import { meanSpacing } from "./block-times.ts";
import { FEE_TARGETS, type FeeForecast, type FeeTarget, type MinedBlock } from "./fee-forecast.ts";
import { atMost, boundsOf, type Learning, type Moment, startLearning, tellForecast } from "./fee-learning.ts";
import { type FeeModel, modelFees } from "./fee-model.ts";
import { InflowHistory } from "./inflow.ts";
import { wholeShareOf } from "./whole-rates.ts";

/** Windows that begin within this share of the target of each other are one: it learns from the first. */
const FRESH_SHARE = 1 / 24;

/** Blocks that it looks back on: a day. */
const BLOCKS = 144;

/** Between forecasts that are asked for it makes some for itself, to learn from: so many seconds apart. */
const PRACTICE_SECONDS = 300;

/** A forecast whose blocks have not come yet; `bounds` where it was told. */
type Open = { readonly height: number; readonly model: FeeModel; readonly bounds?: readonly number[] };

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
  readonly #learning: ReadonlyMap<FeeTarget, Learning & { readonly open: Open[] }>;
  #snapshot: MempoolSnapshot | undefined;
  /** Time of the newest model. */
  #practised = Number.NEGATIVE_INFINITY;

  /** @param blockWeight weight units that a miner fills, the coinbase apart */
  constructor(blockWeight: number) {
    this.#blockWeight = blockWeight;
    this.#learning = new Map(FEE_TARGETS.map((target) => [target, { ...startLearning(target), open: [] }]));
  }

  /** Learns what waits now. Snapshots come in order; the more there are, the better inflow is known. */
  look(snapshot: MempoolSnapshot): void {
    this.#inflow.take(snapshot);
    this.#snapshot = snapshot;
    if (snapshot.time < this.#practised + PRACTICE_SECONDS) return;
    for (const { target, height, model } of this.#model()) this.#learning.get(target)?.open.push({ height, model });
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
        if (model === undefined || rate === undefined || height < outcomes.newest + Math.floor(target * FRESH_SHARE))
          continue;
        outcomes.add({ height, circumstances: model.circumstances, value: rate - model.center });
        if (bounds !== undefined) levels.resolve(rate, bounds);
      }
    }
  }

  /**
   * By target, from the newest snapshot on. None without a snapshot that tells its tip and its transactions, and none
   * for a target of which too few outcomes are known. Each call is a forecast that will be held against its outcome.
   */
  forecast(): FeeForecast[] {
    let sooner: FeeForecast | undefined;
    return this.#model().flatMap(({ target, height, time, model }) => {
      const learning = this.#learning.get(target);
      if (learning === undefined) return [];
      const told = tellForecast(learning, model, { target, height, time });
      if (told === undefined) {
        learning.open.push({ height, model });
        return [];
      }
      sooner = atMost(told, sooner);
      learning.open.push({ height, model, bounds: boundsOf(sooner) });
      return [sooner];
    });
  }

  /** What the model says of each target; nothing where the snapshot does not tell what it needs. */
  #model(): (Moment & { readonly model: FeeModel })[] {
    const snapshot = this.#snapshot;
    if (snapshot === undefined || snapshot.tip === null || snapshot.histogram === null) return [];
    const { time, tip } = snapshot;
    this.#practised = time;
    const models = modelFees(this.#miningState(snapshot), FEE_TARGETS);
    return FEE_TARGETS.flatMap((target, index) => {
      const model = models[index];
      return model === undefined ? [] : [{ target, height: tip.height, time, model }];
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

  /** log2 of sat/vB: the least that got into one of the blocks above this height; `undefined` where one was not seen. */
  #neededRate(height: number, target: number): number | undefined {
    let least = Number.POSITIVE_INFINITY;
    for (let above = 1; above <= target; above += 1) {
      const block = this.#blocks.get(height + above);
      if (block === undefined) return undefined;
      least = Math.min(least, block.lowRate ?? Number.POSITIVE_INFINITY);
    }
    return Number.isFinite(least) && least > 0 ? Math.log2(least) : undefined;
  }
}
