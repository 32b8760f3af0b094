import { ParseError } from "./parse-error.ts";

/** 21 million BTC in satoshis, Core's `MAX_MONEY`. */
export const MAX_MONEY = 2_100_000_000_000_000;

/** Reads little-endian fields from a byte array and fails with path and offset where they do not fit. */
export class ByteReader {
  readonly bytes: Uint8Array;
  offset = 0;
  readonly #view: DataView;
  readonly #document: string;
  readonly #path: () => string;

  /** `path` is asked only when something is wrong. */
  constructor(bytes: Uint8Array, document: string, path: () => string) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#document = document;
    this.#path = path;
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  fail(reason: string, offset = this.offset): never {
    throw new ParseError({ document: this.#document, path: this.#path(), offset }, reason);
  }

  /** Moves over `length` bytes and returns where they began. */
  skip(length: number): number {
    const start = this.offset;
    if (length > this.bytes.length - start) {
      this.fail(`needs ${length} bytes, ${this.bytes.length - start} are left`);
    }
    this.offset = start + length;
    return start;
  }

  u8(): number {
    return this.#view.getUint8(this.skip(1));
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }

  /** An amount of money: an int64 between 0 and 21 million BTC, in satoshis. */
  sats(): number {
    const start = this.skip(8);
    const value = this.#view.getUint32(start + 4, true) * 0x1_0000_0000 + this.#view.getUint32(start, true);
    if (value > MAX_MONEY) this.fail("amount is outside 0…21 million BTC", start);
    return value;
  }

  /**
   * A canonical CompactSize of at most `max`, which the caller sets to what the rest of the input can hold,
   * so that a false count neither allocates nor loops.
   */
  compactSize(max: number, what: string): number {
    const start = this.offset;
    const first = this.bytes[start];
    // Nearly all have one byte.
    if (first !== undefined && first < 0xfd && first <= max) {
      this.offset = start + 1;
      return first;
    }
    const value = this.#compactSize(start);
    if (value > max) this.fail(`${value} ${what} do not fit into the ${this.remaining} bytes that are left`, start);
    return value;
  }

  #compactSize(start: number): number {
    const first = this.u8();
    if (first < 0xfd) return first;
    if (first === 0xfd) return this.#canonical(this.#view.getUint16(this.skip(2), true), 0xfd, start);
    if (first === 0xfe) return this.#canonical(this.u32(), 0x1_0000, start);
    const low = this.u32();
    return this.#canonical(this.u32() * 0x1_0000_0000 + low, 0x1_0000_0000, start);
  }

  #canonical(value: number, least: number, start: number): number {
    if (value < least) this.fail("compact size is not in its shortest form", start);
    return value;
  }
}
