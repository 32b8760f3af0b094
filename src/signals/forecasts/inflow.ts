import type { MempoolSnapshot } from "#bitcoin";

/** Seconds that one part of the history covers. */
const PART_SECONDS = 300;
const LONGEST_SECONDS = 24 * 3_600;
/** Time between two snapshots that is no observation any more: the program stood still. */
const LONGEST_GAP = 3_600;

type Part = { readonly from: number; seconds: number; readonly weights: Map<number, number> };

/** What came into the mempool over the last day, by range of package fee rates. */
export class InflowHistory {
  readonly #parts: Part[] = [];
  #last: number | undefined;

  /** Snapshots come in order of their time. One that tells no inflow says how long nothing was seen. */
  take({ time, histogram }: MempoolSnapshot): void {
    const since = this.#last === undefined ? Number.POSITIVE_INFINITY : time - this.#last;
    this.#last = time;
    const isKnown = histogram?.every(({ inflowWeight }) => inflowWeight !== null) ?? false;
    if (!isKnown || since <= 0 || since > LONGEST_GAP) return;
    const part = this.#partAt(time);
    part.seconds += since;
    for (const { from, inflowWeight } of histogram ?? []) {
      if (inflowWeight) part.weights.set(from, (part.weights.get(from) ?? 0) + inflowWeight);
    }
    while ((this.#parts[0]?.from ?? time) < time - LONGEST_SECONDS) this.#parts.shift();
  }

  /** Weight units a second by lower bound of the range, over the last so many seconds; empty where nothing is known. */
  ratesOver(seconds: number): ReadonlyMap<number, number> {
    const rates = new Map<number, number>();
    const first = (this.#last ?? 0) - seconds;
    let observed = 0;
    for (const part of this.#parts) {
      if (part.from + PART_SECONDS <= first) continue;
      observed += part.seconds;
      for (const [from, weight] of part.weights) rates.set(from, (rates.get(from) ?? 0) + weight);
    }
    for (const [from, weight] of rates) rates.set(from, weight / observed);
    return rates;
  }

  #partAt(time: number): Part {
    const from = Math.floor(time / PART_SECONDS) * PART_SECONDS;
    const newest = this.#parts.at(-1);
    if (newest !== undefined && newest.from >= from) return newest;
    const part = { from, seconds: 0, weights: new Map<number, number>() };
    this.#parts.push(part);
    return part;
  }
}
