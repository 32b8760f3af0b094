/** Fits into the caches of a processor as one bit each, and into 32 MB as a sum each. */
const BUCKET_BITS = 22;

/** So many additions are put off and done in a row: the processor then waits for several buckets at once. */
const PENDING = 1_024;

/**
 * Satoshis by a hash of the script: some 15 scripts of the main network share one of the 4 million buckets. No script
 * holds more than its bucket, so that those which hold much are found among those of the heavy buckets alone. Of these
 * there are few, whatever the scripts: 21 million BTC fill 21,000 buckets with 1,000 BTC each.
 */
export class ScriptBuckets {
  readonly #sats: Float64Array;
  readonly #shift: number;

  readonly #pendingBuckets = new Uint32Array(PENDING);
  readonly #pendingSats = new Float64Array(PENDING);
  #pending = 0;

  /** `bits`: 2 to this power are the buckets; at least 5. */
  constructor(bits = BUCKET_BITS) {
    this.#sats = new Float64Array(2 ** bits);
    this.#shift = 32 - bits;
  }

  add(script: Uint8Array, start: number, end: number, sats: number): void {
    this.#pendingBuckets[this.#pending] = hashOf(script, start, end) >>> this.#shift;
    this.#pendingSats[this.#pending] = sats;
    this.#pending += 1;
    if (this.#pending === PENDING) this.#addPending();
  }

  #addPending(): void {
    const all = this.#sats;
    for (let index = 0; index < this.#pending; index += 1) {
      const bucket = this.#pendingBuckets[index] ?? 0;
      all[bucket] = (all[bucket] ?? 0) + (this.#pendingSats[index] ?? 0);
    }
    this.#pending = 0;
  }

  /** Those with at least so many satoshis. */
  heavy(atLeast: number): HeavyBuckets {
    this.#addPending();
    const all = this.#sats;
    const bits = new Uint32Array(all.length >>> 5);
    for (let bucket = 0; bucket < all.length; bucket += 1) {
      if ((all[bucket] ?? 0) >= atLeast) bits[bucket >>> 5] = (bits[bucket >>> 5] ?? 0) | (1 << (bucket & 31));
    }
    return new HeavyBuckets(bits, this.#shift);
  }
}

export class HeavyBuckets {
  readonly #bits: Uint32Array;
  readonly #shift: number;

  constructor(bits: Uint32Array, shift: number) {
    this.#bits = bits;
    this.#shift = shift;
  }

  has(script: Uint8Array, start: number, end: number): boolean {
    const bucket = hashOf(script, start, end) >>> this.#shift;
    return (((this.#bits[bucket >>> 5] ?? 0) >>> (bucket & 31)) & 1) === 1;
  }
}

/** FNV-1a over words of four bytes, then mixed as MurmurHash3 ends. Any function does; a bad one takes more memory. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word =
      (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  for (; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
