import { RollingSeries } from "./rolling-series.ts";

/** What series of one subject begin with. No name of another subject does, though one may begin like the other. */
export function nameOf(detector: string, subject: string): string {
  return `${detector} ${subject}\n`;
}

/**
 * All that detectors remember: one rolling series per metric and subject, by name. Nothing else lasts from block to
 * block, so what stands out depends on the last blocks alone, and a copy of the book is a copy of the state.
 */
export class SeriesBook {
  /** Blocks that were taken before the one that is read now. */
  #blocks = 0;
  readonly #series: Map<string, RollingSeries>;
  readonly #subjects: Map<string, Map<string, number>>;
  /** Subjects of each detector in their order, as long as they are the same. */
  readonly #sorted = new Map<string, readonly string[]>();

  constructor(
    series = new Map<string, RollingSeries>(),
    subjects = new Map<string, Map<string, number>>(),
    blocks = 0,
  ) {
    this.#series = series;
    this.#subjects = subjects;
    this.#blocks = blocks;
  }

  get blocks(): number {
    return this.#blocks;
  }

  /**
   * The series of this name. One that is met late was zero all along: its subject did nothing.
   * @param warmUp blocks of the beginning in which the metric has no value yet
   */
  series(name: string, capacity: number, warmUp = 0): RollingSeries {
    const known = this.#series.get(name);
    if (known !== undefined) return known;
    const series = new RollingSeries(capacity);
    series.fill(Math.min(this.#blocks, warmUp), Number.NaN);
    series.fill(this.#blocks - warmUp, 0);
    this.#series.set(name, series);
    return series;
  }

  /**
   * Who was met in this block or one of the `capacity` before it, by name. Whoever was not is forgotten, and with him
   * his series ({@link nameOf}), which would hold nothing but zeros.
   */
  subjects(detector: string, met: Iterable<string>, capacity: number): readonly string[] {
    const lastMet = this.#subjects.get(detector) ?? new Map<string, number>();
    this.#subjects.set(detector, lastMet);
    const before = lastMet.size;
    for (const subject of met) lastMet.set(subject, this.#blocks);
    let isSame = lastMet.size === before;
    for (const [subject, block] of lastMet) {
      if (block >= this.#blocks - capacity) continue;
      lastMet.delete(subject);
      this.#forget(nameOf(detector, subject));
      isSame = false;
    }
    const sorted = (isSame ? this.#sorted.get(detector) : undefined) ?? [...lastMet.keys()].toSorted();
    this.#sorted.set(detector, sorted);
    return sorted;
  }

  endBlock(): void {
    this.#blocks += 1;
  }

  #forget(prefix: string): void {
    for (const name of this.#series.keys()) if (name.startsWith(prefix)) this.#series.delete(name);
  }

  copy(): SeriesBook {
    const series = new Map(Array.from(this.#series, ([name, one]) => [name, one.copy()]));
    const subjects = new Map(Array.from(this.#subjects, ([name, set]) => [name, new Map(set)]));
    return new SeriesBook(series, subjects, this.#blocks);
  }
}
