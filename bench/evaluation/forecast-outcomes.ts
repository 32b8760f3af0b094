import { NETWORKS } from "#bitcoin";
import { type ForecastDraft, PeriodForecasts, PressureForecasts, resolvePrediction } from "#signals";
import type { SimulatedRows } from "./simulate-rows.ts";

type Bounds = { readonly low: number; readonly high: number };

/** An interval that was told, and the value that came. */
export type ForecastOutcome = Bounds & {
  readonly name: string;
  readonly level: number;
  readonly value: number;
  /** Quantiles of what had come of the same by then: an opponent that needs no model. */
  readonly rolling: Bounds;
};

/** Newest outcomes of which the opponent takes quantiles, and the least of them. */
const WINDOW = 500;
const LEAST_KNOWN = 30;

type Told = ForecastDraft & { readonly height: number };
type Came = Told & { readonly value: number };

/** What is forecast along a chain by its blocks alone, and what came of it; a fee's forecast needs a mempool, too. */
export function listForecastOutcomes({ rows, bits }: Pick<SimulatedRows, "rows" | "bits">): ForecastOutcome[] {
  const pressure = new PressureForecasts();
  const periods = new PeriodForecasts(NETWORKS.simnet, []);
  const came = rows.flatMap(({ features: { height, time }, flows }): Came[] => {
    const drafts = [
      ...pressure.take({ height, entities: flows.entities }),
      ...periods.take({ height, time, bits: bits[height] ?? 0 }).filter(({ kind }) => kind === "next-difficulty"),
    ];
    return drafts.flatMap((draft) => resolve({ ...draft, height }, rows));
  });
  return [...Map.groupBy(came, ({ kind, subject }) => `${kind} ${subject}`).values()].flatMap(compare);
}

/** Nothing where the chain ends before, or nobody can know. */
function resolve(told: Told, rows: SimulatedRows["rows"]): Came[] {
  const block = rows[told.height];
  if (block === undefined) return [];
  const { blockhash: blockHash, time } = block.features;
  const prediction = { ...told, id: "", blockHash, time, live: false };
  const outcome = resolvePrediction(prediction, rows.slice(told.height, told.dueHeight + 1));
  return outcome?.type === "value" ? [{ ...told, value: outcome.value }] : [];
}

/** Each with what the opponent would have said; nothing while that one knows too little. All of one kind and subject. */
function compare(all: readonly Came[]): ForecastOutcome[] {
  return all.flatMap(({ kind, subject, height, statement, value }) => {
    const known = all.filter(({ dueHeight }) => dueHeight <= height).slice(-WINDOW);
    if (known.length < LEAST_KNOWN) return [];
    const sorted = known.map((one) => one.value).toSorted((left, right) => left - right);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    const name = kind === "next-difficulty" ? "next difficulty" : nameOfPressure(subject);
    return statement.intervals.map(({ level, low, high }) => {
      const rolling = { low: at((1 - level) / 2), high: at((1 + level) / 2) };
      return { name, level, low, high, value, rolling };
    });
  });
}

function nameOfPressure(subject: string | null): string {
  return subject === null ? "pressure on all exchanges" : "pressure on each exchange";
}
