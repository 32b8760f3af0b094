type Waiting<Value> = { readonly resolve: (value: Value) => void; readonly reject: (reason: unknown) => void };

/** Asks for many things that are wanted at once with one request. */
export class BatchLoader<Value> {
  readonly #load: (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>;
  readonly #most: number;
  #waiting = new Map<string, Waiting<Value>[]>();

  constructor(load: (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>, most: number) {
    this.#load = load;
    this.#most = most;
  }

  load(id: string): Promise<Value> {
    if (this.#waiting.size === 0) setTimeout(() => this.#send());
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), { resolve, reject }]);
    });
  }

  #send(): void {
    const all = [...this.#waiting];
    this.#waiting = new Map();
    for (let start = 0; start < all.length; start += this.#most)
      void this.#answer(all.slice(start, start + this.#most));
  }

  async #answer(asked: readonly (readonly [string, readonly Waiting<Value>[]])[]): Promise<void> {
    try {
      const found = await this.#load(asked.map(([id]) => id));
      for (const [id, waiting] of asked) {
        const value = found.get(id);
        for (const one of waiting) {
          if (value === undefined) one.reject(new Error(`nothing was answered for ${id}`));
          else one.resolve(value);
        }
      }
    } catch (error) {
      for (const [, waiting] of asked) for (const one of waiting) one.reject(error);
    }
  }
}
