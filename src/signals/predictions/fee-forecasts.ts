import type { BlockHash, MempoolSnapshot } from "#bitcoin";
import { FEE_TARGETS, type MinedBlock } from "../forecasts/fee-forecast.ts";
import { FeeForecasting } from "../forecasts/fee-forecasting.ts";
import type { ForecastDraft, MissingForecast } from "./forecast-draft.ts";

const NOT_YET = "What waits on the newest block has not been looked at twice yet.";

/** Drafts with the tip on which they were made. */
export type FeeForecasts = {
  readonly tip: { readonly height: number; readonly hash: BlockHash };
  /** Of the snapshot, unix seconds. */
  readonly time: number;
  readonly drafts: readonly ForecastDraft[];
};

/**
 * Fee rates for inclusion, forecast once on each tip, as soon as it is sure what waits on it: by the second of two
 * snapshots on it, because a node's tip and its transactions are asked for one after the other.
 */
export class FeeForecaster {
  readonly #forecasting: FeeForecasting;
  #newest: BlockHash | undefined;
  #seen: BlockHash | undefined;
  #told: BlockHash | undefined;
  #missing: readonly number[] = FEE_TARGETS;
  #hasLooked = false;

  /** @param blockWeight weight units that a miner fills, the coinbase apart */
  constructor(blockWeight: number) {
    this.#forecasting = new FeeForecasting(blockWeight);
  }

  /** The newest block, in order; one of a height that was there already replaces it. */
  connect(block: MinedBlock & { readonly hash: BlockHash }): void {
    const { hash, ...mined } = block;
    this.#newest = hash;
    this.#forecasting.connect(mined);
  }

  /** Learns what waits; tells what is forecast, once on each tip that is the newest block. */
  look(snapshot: MempoolSnapshot): FeeForecasts | undefined {
    const { tip, time, histogram } = snapshot;
    this.#hasLooked ||= tip !== null && histogram !== null;
    this.#forecasting.look(snapshot);
    const isSure = tip !== null && tip.hash === this.#seen && tip.hash === this.#newest;
    this.#seen = tip?.hash;
    if (!isSure || tip.hash === this.#told) return undefined;
    this.#told = tip.hash;
    const forecasts = this.#forecasting.forecast();
    this.#missing = FEE_TARGETS.filter((target) => forecasts.every((forecast) => forecast.target !== target));
    const drafts = forecasts.map(({ target, outcomes, median, intervals }): ForecastDraft => ({
      kind: "fee-rate",
      subject: subjectOf(target),
      dueHeight: tip.height + target,
      calibration: `${outcomes} outcomes of its own`,
      statement: {
        type: "value",
        unit: "sat/vB",
        rule: "The least of the blocks' low rates: the package fee rate below which 5 % of a block's weight lies.",
        median,
        intervals,
        scale: "octaves",
        base: null,
      },
    }));
    return { tip, time, drafts };
  }

  /** What cannot be told, and between a block and the second look at what waits on it, what is not told yet. */
  missing(): MissingForecast[] {
    const untold = this.#hasLooked && this.#told !== this.#newest ? FEE_TARGETS : [];
    const later = untold.filter((target) => !this.#missing.includes(target));
    return [
      ...this.#unknown(),
      ...later.map((target) => ({ kind: "fee-rate", subject: subjectOf(target), reason: NOT_YET }) as const),
    ];
  }

  #unknown(): MissingForecast[] {
    const reason = this.#hasLooked
      ? "Insufficient history: the outcomes of thirty windows are needed that do not overlap, of blocks before which the mempool was watched."
      : "The mempool has not been seen with its transactions.";
    return this.#missing.map((target) => ({ kind: "fee-rate", subject: subjectOf(target), reason }));
  }
}

function subjectOf(target: number): string {
  return target === 1 ? "the next block" : `within ${target} blocks`;
}
