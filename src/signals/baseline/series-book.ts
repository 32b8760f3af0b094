import { byName, Memory, type MemoryState } from "./memory.ts";
import type { RollingSeries } from "./rolling-series.ts";
import { type SubjectState, Subjects } from "./subjects.ts";

/** All of it by name, the same whatever came before the blocks that detectors look back on. */
export type BookState = {
  readonly memories: readonly ({ readonly name: string } & MemoryState)[];
  readonly subjects: readonly { readonly name: string; readonly subjects: readonly SubjectState[] }[];
};

/**
 * All that detectors remember: of each thing that they watch a few rolling series, by name, and who their subjects are.
 * Nothing else lasts from block to block, so what stands out depends on the last blocks alone, and a copy of the book is a copy of the state.
 */
export class SeriesBook {
  /** Blocks that were taken before the one that is read now. */
  #blocks = 0;
  readonly #memories = new Map<string, Memory>();
  readonly #subjects = new Map<string, Subjects>();

  get blocks(): number {
    return this.#blocks;
  }

  /** What is remembered under this name. */
  memory(name: string): Memory {
    const known = this.#memories.get(name);
    if (known !== undefined) return known;
    const memory = new Memory(this);
    this.#memories.set(name, memory);
    return memory;
  }

  /** A series that is remembered by itself, under this name. */
  series(name: string, capacity: number): RollingSeries {
    return this.memory(name).series("", capacity);
  }

  /** Whom a detector watches. */
  subjects(detector: string): Subjects {
    const known = this.#subjects.get(detector);
    if (known !== undefined) return known;
    const subjects = new Subjects(this);
    this.#subjects.set(detector, subjects);
    return subjects;
  }

  endBlock(): void {
    this.#blocks += 1;
  }

  state(): BookState {
    const memories = Array.from(this.#memories, ([name, memory]) => ({ name, ...memory.state() }));
    const subjects = Array.from(this.#subjects, ([name, ofDetector]) => ({ name, subjects: ofDetector.state() }));
    return { memories: memories.sort(byName), subjects: subjects.sort(byName) };
  }

  copy(): SeriesBook {
    const copy = new SeriesBook();
    copy.#blocks = this.#blocks;
    for (const [name, memory] of this.#memories) copy.#memories.set(name, memory.copy(copy));
    for (const [detector, subjects] of this.#subjects) copy.#subjects.set(detector, subjects.copy(copy));
    return copy;
  }
}
