import { ExchangePressure, PRESSURE_BLOCKS } from "../forecasts/exchange-pressure.ts";
import { exchangeFlowIn, type FlowsSeen } from "./exchange-flow.ts";
import type { ForecastDraft, MissingForecast } from "./forecast-draft.ts";

/** Between forecasts it makes some for itself, so many blocks apart. */
const PRACTICE_EVERY = 6;

/** Blocks that one that begins anew should be shown first: the outcomes of a hundred windows. */
export const PRESSURE_LOOK_BACK = 3_600;

const INSUFFICIENT = "Insufficient history: the outcomes of thirty windows of 36 blocks are needed.";

/**
 * The pressure on each labelled exchange, from the first block on that moves coins of it, and on all of them together
 * (subject `null`). Told each 36 blocks: windows follow each other then, and each block's flows decide one forecast.
 */
export class PressureForecasts {
  readonly #all = new ExchangePressure();
  readonly #byActor = new Map<string, ExchangePressure>();
  /** Whose was told last. */
  #told = new Set<string | null>();

  /** What is forecast after the next block, or after another one of a height that was there. */
  take(flows: FlowsSeen): ForecastDraft[] {
    for (const { entity } of flows.entities) {
      if (entity.kind === "exchange" && !this.#byActor.has(entity.actor))
        this.#byActor.set(entity.actor, new ExchangePressure());
    }
    const { height } = flows;
    for (const [actor, pressure] of this.#each()) pressure.connect(exchangeFlowIn(flows, actor));
    if (height % PRESSURE_BLOCKS === 0) return this.#tell(height);
    if (height % PRACTICE_EVERY === 0) for (const [, pressure] of this.#each()) pressure.practise();
    return [];
  }

  /** Of whom nothing was told at the last opportunity. */
  missing(): MissingForecast[] {
    const silent = this.#each().flatMap(([actor]) => (this.#told.has(actor) ? [] : [actor]));
    const reason = this.#byActor.size === 0 ? "No labelled exchange was seen in the stored blocks." : INSUFFICIENT;
    return silent.map((subject) => ({ kind: "exchange-pressure", subject, reason }));
  }

  #each(): [actor: string | null, pressure: ExchangePressure][] {
    return [[null, this.#all], ...this.#byActor];
  }

  #tell(height: number): ForecastDraft[] {
    const drafts = this.#each().flatMap(([subject, pressure]): ForecastDraft[] => {
      const forecast = pressure.forecast();
      // Of no flows at all nothing can be told.
      if (forecast === undefined || this.#byActor.size === 0) return [];
      const { median, intervals, outcomes } = forecast;
      return [
        {
          kind: "exchange-pressure",
          subject,
          dueHeight: height + PRESSURE_BLOCKS,
          calibration: `${outcomes} outcomes of its own`,
          statement: {
            type: "value",
            unit: "ratio",
            rule: "Of what moves in and out in the next 36 blocks, in-house apart: (in − out) / (in + out).",
            median,
            intervals,
            scale: "linear",
            base: null,
          },
        },
      ];
    });
    this.#told = new Set(drafts.map(({ subject }) => subject));
    return drafts;
  }
}
