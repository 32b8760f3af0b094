import { findQuote } from "./find-quote.ts";
import { notLikeCore } from "./rpc-errors.ts";

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
const SPACE = 0x20;

/** The value of each hex digit, of either case; -1 of all else. */
const DIGITS = Int8Array.from({ length: 256 }, (_, byte) =>
  "0123456789abcdef".indexOf(String.fromCharCode(byte).toLowerCase()),
);

/**
 * Goes through a JSON value in its bytes, from its beginning to its end: whoever asks for a value gets it, and what is
 * skipped becomes neither text nor object.
 * @throws AppError `CHAIN_RPC_BAD_REPLY` where something else stands than is asked for
 */
export class JsonReader {
  readonly #bytes: Buffer;
  #at = 0;
  #nameFrom = 0;
  #nameEnd = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Calls for each member, which has to read or skip its value. */
  object(onMember: () => void): void {
    this.#take(OPEN_OBJECT);
    if (this.#takeIf(CLOSE_OBJECT)) return;
    do {
      this.#take(QUOTE);
      this.#nameFrom = this.#at;
      this.#at = this.#endOfString();
      this.#nameEnd = this.#at - 1;
      this.#take(COLON);
      onMember();
    } while (this.#takeIf(COMMA));
    this.#take(CLOSE_OBJECT);
  }

  /** Calls for each element, which has to be read or skipped. */
  list(onElement: () => void): void {
    this.#take(OPEN_LIST);
    if (this.#takeIf(CLOSE_LIST)) return;
    do onElement();
    while (this.#takeIf(COMMA));
    this.#take(CLOSE_LIST);
  }

  /** Whether the member that was called for last, before any within it, has this name. */
  nameIs(name: Buffer): boolean {
    if (this.#nameEnd - this.#nameFrom !== name.length) return false;
    for (let index = 0; index < name.length; index += 1)
      if (this.#bytes[this.#nameFrom + index] !== name[index]) return false;
    return true;
  }

  number(): number {
    const from = this.#next();
    this.#passWord();
    const text = this.#bytes.toString("latin1", from, this.#at);
    const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(number)) throw notLikeCore("its answer has something else where a number belongs");
    return number;
  }

  /** The bytes that a text of hex digits stands for. */
  hex(): Uint8Array {
    this.#take(QUOTE);
    const from = this.#at;
    this.#at = this.#endOfString();
    const length = this.#at - 1 - from;
    const bytes = new Uint8Array(length >> 1);
    // Negative once something is no digit.
    let faults = 0;
    for (let index = 0; index < bytes.length; index += 1) {
      const high = DIGITS[this.#bytes[from + 2 * index] ?? 0] ?? -1;
      const low = DIGITS[this.#bytes[from + 2 * index + 1] ?? 0] ?? -1;
      faults |= high | low;
      bytes[index] = (high << 4) | low;
    }
    if (faults < 0 || length % 2 === 1) throw notLikeCore("its answer has text where hex belongs");
    return bytes;
  }

  skip(): void {
    const byte = this.#bytes[this.#next()];
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) return this.#skipNested();
    if (byte !== QUOTE) return this.#passWord();
    this.#at += 1;
    this.#at = this.#endOfString();
  }

  #skipNested(): void {
    let depth = 0;
    do {
      const byte = this.#bytes[this.#at];
      this.#at += 1;
      if (byte === QUOTE) this.#at = this.#endOfString();
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1;
      else if (byte === undefined) throw endsEarly();
    } while (depth > 0);
  }

  /** A number, `true`, `false` or `null`. */
  #passWord(): void {
    const from = this.#at;
    while (isOfWord(this.#bytes[this.#at])) this.#at += 1;
    if (this.#at === from) throw notLikeCore("its answer is not JSON");
  }

  /** Behind the quote that ends it, from within a string. */
  #endOfString(): number {
    let from = this.#at;
    for (;;) {
      const quote = findQuote(this.#bytes, from);
      if (quote === -1) throw endsEarly();
      let first = quote;
      while (first > this.#at && this.#bytes[first - 1] === BACKSLASH) first -= 1;
      if ((quote - first) % 2 === 0) return quote + 1;
      from = quote + 1;
    }
  }

  /** Where the next byte stands that is no space. */
  #next(): number {
    while ((this.#bytes[this.#at] ?? SPACE + 1) <= SPACE) this.#at += 1;
    return this.#at;
  }

  #takeIf(byte: number): boolean {
    if (this.#bytes[this.#next()] !== byte) return false;
    this.#at += 1;
    return true;
  }

  #take(byte: number): void {
    if (!this.#takeIf(byte)) throw notLikeCore("its answer is not JSON, or has something else where a value belongs");
  }
}

function isOfWord(byte: number | undefined): boolean {
  return (
    byte !== undefined &&
    byte > SPACE &&
    byte !== COMMA &&
    byte !== CLOSE_OBJECT &&
    byte !== CLOSE_LIST &&
    byte !== COLON
  );
}

function endsEarly() {
  return notLikeCore("its answer ends early");
}
