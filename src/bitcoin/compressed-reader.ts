import { ParseError } from "./parse-error.ts";

/** Instead of a VARINT that is longer than asked for. */
export const TOO_LONG = -1;

/** Thrown where the bytes end before the value does and more of them may come: go back, and try again with more. */
export const MORE_NEEDED = new Error("more bytes are needed");

/** Where the bytes belong, for messages. `path` is asked only when something is wrong. */
export type CompressedDocument = { readonly name: string; readonly path: () => readonly string[] };

/** Reads the fields of Core's undo data and UTXO snapshots and fails with path and offset where they do not fit. */
export class CompressedReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  offset = 0;
  /** Where what may be read of the bytes ends. */
  end: number;
  /** Offset of the first byte in the document, for messages. */
  base = 0;
  /** Whether the document goes on behind `end`. */
  moreMayCome = false;
  readonly #document: CompressedDocument;

  constructor(bytes: Uint8Array, document: CompressedDocument) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length;
    this.#document = document;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  fail(field: string, reason: string, offset = this.offset): never {
    const { name, path } = this.#document;
    throw new ParseError({ document: name, path: [...path(), field].join(" / "), offset: this.base + offset }, reason);
  }

  #failAtEnd(field: string, reason: string, offset = this.offset): never {
    if (this.moreMayCome) throw MORE_NEEDED;
    this.fail(field, reason, offset);
  }

  /** Moves over `length` bytes and returns where they began. */
  skip(length: number, field: string): number {
    const start = this.offset;
    if (length > this.end - start) this.#failAtEnd(field, `needs ${length} bytes, ${this.remaining} are left`);
    this.offset = start + length;
    return start;
  }

  /** A canonical CompactSize of at most as many things as the rest can hold, if each takes at least `smallest` bytes. */
  count(smallest: number, what: string): number {
    const start = this.offset;
    const value = this.compactSize(what);
    if (value * smallest > this.remaining) {
      this.fail(what, `${value} of them do not fit into the ${this.remaining} bytes that are left`, start);
    }
    return value;
  }

  /** A canonical CompactSize of up to 32 bits. */
  compactSize(what: string): number {
    const start = this.offset;
    const first = this.view.getUint8(this.skip(1, what));
    if (first < 0xfd) return first;
    if (first === 0xff) this.fail(what, "more than any block holds", start);
    const value =
      first === 0xfd ? this.view.getUint16(this.skip(2, what), true) : this.view.getUint32(this.skip(4, what), true);
    if (value < (first === 0xfd ? 0xfd : 0x1_0000)) this.fail(what, "compact size is not in its shortest form", start);
    return value;
  }

  /** A VARINT of 32 bits. */
  varInt(field: string): number {
    const value = this.#varIntUpTo(0xffff_ffff, field);
    if (value === TOO_LONG) this.fail(field, "does not fit into 32 bits");
    return value;
  }

  /** A VARINT of up to 53 bits; `TOO_LONG`, and nothing is read, where it has more. */
  longVarInt(field: string): number {
    return this.#varIntUpTo(Number.MAX_SAFE_INTEGER, field);
  }

  /** Groups of seven bits, most significant first; each but the last is marked and stands for one more. */
  #varIntUpTo(max: number, field: string): number {
    const { bytes, end } = this;
    let offset = this.offset;
    let value = 0;
    for (;;) {
      const byte = bytes[offset];
      if (byte === undefined || offset >= end) this.#failAtEnd(field, "the data ends in it");
      offset += 1;
      value = value * 128 + (byte < 0x80 ? byte : byte - 0x7f);
      if (value > max) return TOO_LONG;
      if (byte < 0x80) {
        this.offset = offset;
        return value;
      }
    }
  }

  /** A VARINT of 64 bits. */
  bigVarInt(field: string): bigint {
    const start = this.offset;
    let value = 0n;
    for (let offset = start; ; offset += 1) {
      const byte = this.bytes[offset];
      if (byte === undefined || offset >= this.end) this.#failAtEnd(field, "the data ends in it", start);
      value = (value << 7n) + BigInt(byte & 0x7f) + (byte < 0x80 ? 0n : 1n);
      if (value >> 64n !== 0n) this.fail(field, "does not fit into 64 bits", start);
      if (byte < 0x80) {
        this.offset = offset + 1;
        return value;
      }
    }
  }
}
