const INITIAL_CAPACITY = 1024;

/** Writes little-endian fields into a byte array that grows; the counterpart of ByteReader. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = INITIAL_CAPACITY) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** Forgets what was written and keeps the memory. */
  clear(): void {
    this.#length = 0;
  }

  u8(value: number): void {
    const start = this.#reserve(1);
    this.#bytes[start] = value;
  }

  u16(value: number): void {
    const start = this.#reserve(2);
    this.#view.setUint16(start, value, true);
  }

  u32(value: number): void {
    const start = this.#reserve(4);
    this.#view.setUint32(start, value, true);
  }

  /** A whole number from 0 to 2^53 - 1 in eight bytes. */
  u64(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`${value} is not a whole number from 0 to 2^53 - 1`);
    const start = this.#reserve(8);
    this.#view.setUint32(start, value % 0x1_0000_0000, true);
    this.#view.setUint32(start + 4, Math.floor(value / 0x1_0000_0000), true);
  }

  compactSize(value: number): void {
    if (value < 0xfd) {
      this.u8(value);
    } else if (value <= 0xffff) {
      this.u8(0xfd);
      this.u16(value);
    } else if (value <= 0xffff_ffff) {
      this.u8(0xfe);
      this.u32(value);
    } else {
      this.u8(0xff);
      this.u64(value);
    }
  }

  bytes(bytes: Uint8Array): void {
    const start = this.#reserve(bytes.length);
    this.#bytes.set(bytes, start);
  }

  /** The bytes with their length before them, as scripts and witness items are written. */
  sizedBytes(bytes: Uint8Array): void {
    this.compactSize(bytes.length);
    this.bytes(bytes);
  }

  /** What was written from `start` on, valid until the next write. */
  written(start = 0): Uint8Array {
    return this.#bytes.subarray(start, this.#length);
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(size: number): number {
    const start = this.#length;
    const end = start + size;
    if (end > this.#bytes.length) this.#grow(end);
    this.#length = end;
    return start;
  }

  #grow(needed: number): void {
    const bytes = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
