/** What a coin takes beside a long script: amount, size of the script, and the longest form of script that Core compresses. */
const ROOM_FOR_COIN = 8 + 5 + 67;

/** Scripts up to this size are copied without a call: they are too short for one to pay off. */
const SHORT_SCRIPT = 48;

/** Writes spent outputs into memory that grows; as fast as can be, because undo files hold billions of coins. */
export class SpentOutputsWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity + ROOM_FOR_COIN);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** The memory that is written into; another one once it has grown. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get view(): DataView {
    return this.#view;
  }

  /** Forgets what was written from `length` on and keeps the memory. */
  rewindTo(length: number): void {
    this.#length = length;
  }

  /** Counts in what somebody wrote into the memory, up to `length`. */
  advanceTo(length: number): void {
    this.#length = length;
  }

  /** Makes room for all that one coin takes; what is written of it then needs no check. */
  beginCoin(scriptSize = 0): void {
    if (this.#length + ROOM_FOR_COIN + scriptSize <= this.#bytes.length) return;
    const bytes = new Uint8Array((this.#length + ROOM_FOR_COIN + scriptSize) * 2);
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  sats(value: number): void {
    const high = Math.floor(value / 0x1_0000_0000);
    this.#view.setUint32(this.#length, value - high * 0x1_0000_0000, true);
    this.#view.setUint32(this.#length + 4, high, true);
    this.#length += 8;
  }

  /** Up to 32 bits. */
  compactSize(value: number): void {
    if (value < 0xfd) {
      this.u8(value);
    } else if (value <= 0xffff) {
      this.u8(0xfd);
      this.#view.setUint16(this.#length, value, true);
      this.#length += 2;
    } else {
      this.u8(0xfe);
      this.#view.setUint32(this.#length, value, true);
      this.#length += 4;
    }
  }

  u8(value: number): void {
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** Big-endian, as one would spell four bytes. */
  u32(value: number): void {
    this.#view.setUint32(this.#length, value);
    this.#length += 4;
  }

  copy(source: DataView, start: number, size: number): void {
    const at = this.#length;
    this.#length = at + size;
    if (size > SHORT_SCRIPT) {
      this.#bytes.set(new Uint8Array(source.buffer, source.byteOffset + start, size), at);
      return;
    }
    const view = this.#view;
    let done = 0;
    for (; done + 4 <= size; done += 4) view.setUint32(at + done, source.getUint32(start + done));
    for (; done < size; done += 1) view.setUint8(at + done, source.getUint8(start + done));
  }

  /** What was written; nothing may be written afterwards. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
