import { RollingSeries } from "./rolling-series.ts";

/** Says how many blocks were taken before the one that is read now. */
export type BlockCount = { readonly blocks: number };

type Part = { readonly name: string; readonly series: RollingSeries };

/** What it holds, however it came by it. */
export type MemoryState = {
  readonly quiet: number;
  readonly series: readonly { readonly name: string; readonly values: Float64Array }[];
};

/** What is remembered of one thing: rolling series, a part each, and how long it is still told already. */
export class Memory {
  readonly #count: BlockCount;
  /** A handful, found faster one after the other than by hash. */
  readonly #parts: Part[] = [];
  /** Questions in which what stands out is not told again. */
  #quiet = 0;

  constructor(count: BlockCount) {
    this.#count = count;
  }

  /**
   * The series of this part. One that is met late was zero all along: its subject did nothing.
   * @param warmUp blocks of the beginning in which the metric has no value yet
   */
  series(name: string, capacity: number, warmUp = 0): RollingSeries {
    for (const part of this.#parts) if (part.name === name) return part.series;
    const series = new RollingSeries(capacity);
    const { blocks } = this.#count;
    series.fill(Math.min(blocks, warmUp), Number.NaN);
    series.fill(blocks - warmUp, 0);
    this.#parts.push({ name, series });
    return series;
  }

  /** Whether what stands out is told: not while it did in one of the last `quiet` questions as well. Remembers that it did. */
  tellOnce(quiet: number, standsOut: boolean): boolean {
    const isTold = this.#quiet > 0;
    if (standsOut) this.#quiet = quiet;
    else if (isTold) this.#quiet -= 1;
    return standsOut && !isTold;
  }

  state(): MemoryState {
    return {
      quiet: this.#quiet,
      series: this.#parts.map(({ name, series }) => ({ name, values: series.values() })).sort(byName),
    };
  }

  copy(count: BlockCount): Memory {
    const copy = new Memory(count);
    for (const { name, series } of this.#parts) copy.#parts.push({ name, series: series.copy() });
    copy.#quiet = this.#quiet;
    return copy;
  }
}

/** No two have the same name. */
export function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1;
}
