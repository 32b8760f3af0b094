import type { MempoolSnapshot } from "#bitcoin";
import type { InflowHistory } from "./inflow.ts";
import type { RateCell } from "./project-low-rates.ts";
import { rangeFrom } from "./rate-range.ts";

const RECENT_SECONDS = 30 * 60;
const USUAL_SECONDS = 12 * 3_600;

/** Ranges of package fee rates in which something waits or comes, the dearest first. */
export function cellsOf(snapshot: MempoolSnapshot, inflow: InflowHistory): RateCell[] {
  const recent = inflow.ratesOver(RECENT_SECONDS);
  const usual = inflow.ratesOver(USUAL_SECONDS);
  const waiting = new Map((snapshot.histogram ?? []).map(({ from, weight }) => [from, weight]));
  const bounds = new Set([...waiting.keys(), ...recent.keys(), ...usual.keys()]);
  return [...bounds]
    .toSorted((left, right) => right - left)
    .map((bound) => ({
      ...rangeFrom(bound),
      waiting: waiting.get(bound) ?? 0,
      recent: recent.get(bound) ?? 0,
      usual: usual.get(bound) ?? 0,
    }));
}
