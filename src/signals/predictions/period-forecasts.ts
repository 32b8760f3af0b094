import { difficultyOf, type Network } from "#bitcoin";
import { projectDifficulty } from "../forecasts/project-difficulty.ts";
import { projectHalving } from "../forecasts/project-halving.ts";
import { PERIOD_BLOCKS } from "../forecasts/retarget.ts";
import type { ForecastDraft, MissingForecast } from "./forecast-draft.ts";

/** Blocks between two forecasts of the next difficulty: fourteen a period, all decided by its end. */
const DIFFICULTY_EVERY = 144;

/** Difficulty periods that a halving looks back on. */
const PERIODS = 20;

type PeriodNetwork = Pick<Network, "retarget" | "powLimitBits" | "halvingInterval">;

/** What has to be known of a block's header. */
type HeaderSeen = { readonly height: number; readonly time: number; readonly bits: number };

/** Heights of the first blocks of the newest difficulty periods, up to the one of this height. */
export function periodStarts(height: number): number[] {
  const newest = Math.floor(height / PERIOD_BLOCKS);
  const oldest = Math.max(0, newest - PERIODS);
  return Array.from({ length: newest - oldest + 1 }, (_, index) => (oldest + index) * PERIOD_BLOCKS);
}

/** Forecasts what follows from the times of difficulty periods: the next difficulty each 144 blocks, the halving each period. */
export class PeriodForecasts {
  readonly #network: PeriodNetwork;
  /** Header times of the first blocks of periods, by height. */
  readonly #starts = new Map<number, number>();

  constructor(network: PeriodNetwork, starts: readonly Pick<HeaderSeen, "height" | "time">[]) {
    this.#network = network;
    for (const { height, time } of starts) this.#starts.set(height, time);
  }

  /** What is forecast after the next block. */
  take(header: HeaderSeen): ForecastDraft[] {
    const { height, time } = header;
    if (height % PERIOD_BLOCKS === 0) this.#starts.set(height, time);
    return [...this.#difficulty(header), ...this.#halving(header)];
  }

  /** Why a kind is not forecast; nothing of a kind that is, sooner or later. */
  missing(height: number): MissingForecast[] {
    const { retarget } = this.#network;
    const missing: MissingForecast[] = [];
    const add = (kind: MissingForecast["kind"], reason: string): void =>
      void missing.push({ kind, subject: null, reason });
    if (retarget === "never") {
      add("next-difficulty", "This network's difficulty never changes.");
      add("next-halving", "Blocks of this network come when somebody asks for them.");
      return missing;
    }
    if (retarget === "exceptions") {
      add("next-difficulty", "A late block of this network may have the least difficulty, whatever the period's is.");
    } else if (this.#startOf(height) === undefined) {
      add("next-difficulty", "The first block of this difficulty period is not stored.");
    }
    return missing;
  }

  #startOf(height: number): number | undefined {
    return this.#starts.get(height - (height % PERIOD_BLOCKS));
  }

  #difficulty({ height, time, bits }: HeaderSeen): ForecastDraft[] {
    const { retarget, powLimitBits } = this.#network;
    const startTime = this.#startOf(height);
    if (retarget !== "regular" || height % DIFFICULTY_EVERY !== 0 || startTime === undefined) return [];
    const timespans = this.#timespans(height);
    const projection = projectDifficulty({ height, time, startTime, bits, powLimitBits, timespans });
    return [
      {
        kind: "next-difficulty",
        subject: null,
        dueHeight: projection.height,
        calibration: null,
        statement: {
          type: "value",
          unit: "ratio",
          rule: "Difficulty of the first block of the next period against today's, less one.",
          median: projection.change,
          intervals: projection.intervals,
          scale: "linear",
          base: difficultyOf(bits),
        },
      },
    ];
  }

  #halving({ height, time }: HeaderSeen): ForecastDraft[] {
    const { retarget, halvingInterval } = this.#network;
    if (retarget === "never" || height % PERIOD_BLOCKS !== 0) return [];
    const { intervals, ...projection } = projectHalving({
      height,
      time,
      halvingInterval,
      timespans: this.#timespans(height),
    });
    return [
      {
        kind: "next-halving",
        subject: null,
        dueHeight: projection.height,
        calibration: null,
        statement: {
          type: "value",
          unit: "unix-seconds",
          rule: "Header time of the first block with half the subsidy.",
          median: projection.time,
          intervals,
          scale: "linear",
          base: null,
        },
      },
    ];
  }

  /** Seconds of the whole periods that are known, up to this height. */
  #timespans(height: number): number[] {
    return periodStarts(height).flatMap((start) => {
      const [from, to] = [this.#starts.get(start), this.#starts.get(start + PERIOD_BLOCKS)];
      return from === undefined || to === undefined || start + PERIOD_BLOCKS > height ? [] : [to - from];
    });
  }
}
