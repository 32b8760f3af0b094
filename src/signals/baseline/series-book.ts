import { RollingSeries } from "./rolling-series.ts";

/** By the part that they are of what a detector remembers, and by name. */
type Parts = Map<string, Map<string, RollingSeries>>;

/**
 * All that detectors remember: one rolling series per metric and subject, by name and part. Nothing else lasts from block to
 * block, so what stands out depends on the last blocks alone, and a copy of the book is a copy of the state.
 */
export class SeriesBook {
  /** Blocks that were taken before the one that is read now. */
  #blocks = 0;
  readonly #parts: Parts;
  readonly #subjects: Map<string, Map<string, number>>;
  readonly #names = new Map<string, Map<string, string>>();
  /** Subjects of each detector in their order, as long as they are the same. */
  readonly #sorted = new Map<string, readonly string[]>();

  constructor(parts: Parts = new Map(), subjects = new Map<string, Map<string, number>>(), blocks = 0) {
    this.#parts = parts;
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
    return this.part(name, "", capacity, warmUp);
  }

  /** As {@link series}, of another thing that is remembered under the name. */
  part(name: string, part: string, capacity: number, warmUp = 0): RollingSeries {
    const ofPart = this.#parts.get(part) ?? new Map<string, RollingSeries>();
    const known = ofPart.get(name);
    if (known !== undefined) return known;
    const series = new RollingSeries(capacity);
    series.fill(Math.min(this.#blocks, warmUp), Number.NaN);
    series.fill(this.#blocks - warmUp, 0);
    ofPart.set(name, series);
    this.#parts.set(part, ofPart);
    return series;
  }

  /** Name of the series of one subject, the same text each time: found faster than one that is put together anew. */
  nameOf(detector: string, subject: string): string {
    const ofDetector = this.#names.get(detector) ?? new Map<string, string>();
    const known = ofDetector.get(subject);
    if (known !== undefined) return known;
    const name = `${detector} ${subject}`;
    ofDetector.set(subject, name);
    this.#names.set(detector, ofDetector);
    return name;
  }

  /**
   * Who was met in this block or one of the `capacity` before it, by name. Whoever was not is forgotten, and with him
   * his series ({@link SeriesBook.nameOf}), which would hold nothing but zeros.
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
      this.#forget(detector, subject);
      isSame = false;
    }
    const sorted = (isSame ? this.#sorted.get(detector) : undefined) ?? [...lastMet.keys()].toSorted();
    this.#sorted.set(detector, sorted);
    return sorted;
  }

  endBlock(): void {
    this.#blocks += 1;
  }

  #forget(detector: string, subject: string): void {
    const name = this.nameOf(detector, subject);
    this.#names.get(detector)?.delete(subject);
    for (const ofPart of this.#parts.values()) ofPart.delete(name);
  }

  copy(): SeriesBook {
    const parts = new Map(
      Array.from(this.#parts, ([part, ofPart]) => [
        part,
        new Map(Array.from(ofPart, ([name, series]) => [name, series.copy()])),
      ]),
    );
    const subjects = new Map(Array.from(this.#subjects, ([name, set]) => [name, new Map(set)]));
    return new SeriesBook(parts, subjects, this.#blocks);
  }
}
