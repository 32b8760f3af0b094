import type { Network } from "#bitcoin";
import {
  type DecidingRow,
  type FlowsSeen,
  type ForecastDraft,
  type MissingForecast,
  PeriodForecasts,
  periodStarts,
  PRESSURE_LOOK_BACK,
  PressureForecasts,
} from "#signals";
import { type Database, listExchangeFlows, listHeaderTimes, type StoredHeader } from "#store";

/** Forecasts that follow from blocks alone. */
export class ChainForecasts {
  readonly #periods: PeriodForecasts;
  readonly #pressure = new PressureForecasts();

  private constructor(network: Network, starts: readonly { readonly height: number; readonly time: number }[]) {
    this.#periods = new PeriodForecasts(network, starts);
  }

  /** Goes on from the newest stored block. What was told before is not told again. */
  static async open(db: Database, network: Network, height: number): Promise<ChainForecasts> {
    const forecasts = new ChainForecasts(network, await listHeaderTimes(db, periodStarts(Math.max(0, height))));
    for (const flows of await readFlows(db, height)) forecasts.#pressure.take(flows);
    return forecasts;
  }

  take(header: StoredHeader, { flows }: DecidingRow): ForecastDraft[] {
    const { height } = header;
    return [...this.#periods.take(header), ...this.#pressure.take({ height, entities: flows.entities })];
  }

  missing(height: number): MissingForecast[] {
    return [...this.#periods.missing(height), ...this.#pressure.missing()];
  }
}

/** Of every block that is looked back on, those in which no exchange took part included. */
async function readFlows(db: Database, height: number): Promise<FlowsSeen[]> {
  const stored = await listExchangeFlows(db, { fromHeight: height - PRESSURE_LOOK_BACK + 1, toHeight: height });
  return stored.map(({ height: at, flows }) => ({
    height: at,
    entities: flows.map(({ actor, inflow, outflow }) => ({ entity: { actor, kind: "exchange" }, inflow, outflow })),
  }));
}
