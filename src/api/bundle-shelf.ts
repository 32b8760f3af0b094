import { AppError } from "#lib";

/** Characters that are kept of all bundles together: one alone may have 25 million. */
const MOST_KEPT = 40_000_000;
/** What a bundle follows from may be read anew by other labels or blocks; then an older text is not given for long. */
const KEPT_MS = 60_000;

/** Who comes when so many wait is told to come again: each takes seconds. */
const MOST_WAITING = 10;

type Kept = { readonly made: Promise<string | undefined>; size: number; until: number };

/**
 * Bundles as texts that were asked for lately. A bundle is megabytes and costs seconds, so they are made one at a time, and who asks
 * for the same meanwhile waits for the same.
 */
export class BundleShelf {
  readonly #now: () => number;
  #kept = new Map<string, Kept>();
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** @param make called where the shelf has none under this key; `undefined` is not kept */
  get(key: string, make: () => Promise<string | undefined>): Promise<string | undefined> {
    const known = this.#kept.get(key);
    if (known !== undefined && known.until > this.#now()) return known.made;
    if (this.#waiting >= MOST_WAITING)
      throw new AppError("API_OVERLOADED", "too many bundles are being made; try again in a minute");
    this.#waiting += 1;
    const made = this.#turn.then(make).finally(() => (this.#waiting -= 1));
    const kept: Kept = { made, size: 0, until: Number.POSITIVE_INFINITY };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    this.#turn = made.then(
      (bundle) => {
        if (bundle === undefined) this.#forget(key, kept);
        else Object.assign(kept, { size: bundle.length, until: this.#now() + KEPT_MS });
        this.#tidy();
      },
      // Told to who asked; the next one tries anew.
      () => this.#forget(key, kept),
    );
    return made;
  }

  #forget(key: string, kept: Kept): void {
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
  }

  /** The oldest go first; the newest stays, however large. */
  #tidy(): void {
    let size = 0;
    const newestFirst = [...this.#kept].toReversed();
    for (const [place, [key, kept]] of newestFirst.entries()) {
      size += kept.size;
      if (place > 0 && size > MOST_KEPT) this.#kept.delete(key);
    }
  }
}
