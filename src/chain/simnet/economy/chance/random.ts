import { sha256 } from "#lib";

export type RandomState = readonly [a: number, b: number, c: number, counter: number];

/**
 * Reproducible randomness: sfc32 (Chris Doty-Humphrey, PractRand), started from the SHA-256 of a text. Only exact
 * operations (integers, and + - * of doubles), so that every machine draws the same.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(text: string);
  constructor(state: RandomState);
  constructor(start: string | RandomState) {
    const [a, b, c, counter] = typeof start === "string" ? wordsOf(start) : start;
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#counter = counter;
  }

  /** Whoever begins with it draws on from here. */
  get state(): RandomState {
    return [this.#a, this.#b, this.#c, this.#counter];
  }

  u32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** 0 ≤ x < 1, in steps of 2^-53. */
  unit(): number {
    const high = this.u32() >>> 5;
    const low = this.u32() >>> 6;
    return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
  }

  /** A whole number with 0 ≤ x < limit. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  /** Position of one of the weights, each as likely as it is heavy. */
  pickWeighted(weights: readonly number[]): number {
    let draw = this.unit() * weights.reduce((sum, weight) => sum + weight, 0);
    const position = weights.findIndex((weight) => (draw -= weight) < 0);
    return position < 0 ? weights.length - 1 : position;
  }

  /** Bell-shaped around 0 with standard deviation 1, never beyond ±3.5: the sum of four uniform draws. */
  bell(): number {
    return (this.unit() + this.unit() + this.unit() + this.unit() - 2) * 1.7320508;
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let offset = 0; offset < length; offset += 4) {
      const word = this.u32();
      bytes[offset] = word;
      bytes[offset + 1] = word >>> 8;
      bytes[offset + 2] = word >>> 16;
      bytes[offset + 3] = word >>> 24;
    }
    return bytes;
  }
}

function wordsOf(text: string): RandomState {
  const digest = sha256(new TextEncoder().encode(text));
  const words = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  return [words.getUint32(0, true), words.getUint32(4, true), words.getUint32(8, true), words.getUint32(12, true)];
}
