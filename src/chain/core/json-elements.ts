import { findQuote } from "./find-quote.ts";
import { notLikeCore } from "./rpc-errors.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Objects within `{"result":{"tx":[ … ]}}` lie so deep. */
const DEPTH_OF_ELEMENTS = 4;
/** What stands around them is a header and some numbers. */
const LONGEST_REST = 4_000_000;
/** The JSON of a transaction that fills a block. */
const LONGEST_ELEMENT = 128_000_000;

/** In whose place a number stands in the rest. */
const INSTEAD = Buffer.from("0");

/**
 * Takes a JSON text apart as it comes in: each object of a list three levels deep is handed on by itself, as bytes that are its own for the moment of the call, and what stands around them is left, with a number in the place of each. Within strings, of which such a text mostly consists, it looks
 * for nothing but their end.
 */
export class JsonElements {
  readonly #onElement: (json: Buffer) => void;
  readonly #rest = new Pieces(LONGEST_REST);
  readonly #element = new Pieces(LONGEST_ELEMENT);
  #depth = 0;
  #inString = false;
  /** Whether the piece before ended with a backslash that counts. */
  #escaped = false;
  #ended = false;

  constructor(onElement: (json: Buffer) => void) {
    this.#onElement = onElement;
  }

  write(piece: Uint8Array): void {
    // What follows the end is a line break.
    if (this.#ended || piece.length === 0) return;
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let kept = 0;
    let at = 0;
    while (at < bytes.length && !this.#ended) {
      if (this.#inString) {
        at = this.#passString(bytes, at);
        continue;
      }
      const byte = bytes[at] ?? 0;
      at += 1;
      if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        this.#depth += 1;
        if (this.#depth !== DEPTH_OF_ELEMENTS || byte !== OPEN_OBJECT) continue;
        this.#rest.add(bytes.subarray(kept, at - 1));
        kept = at - 1;
        this.#element.open();
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        this.#depth -= 1;
        if (this.#depth === 0) this.#ended = true;
        if (this.#depth !== DEPTH_OF_ELEMENTS - 1 || !this.#element.isOpen) continue;
        this.#onElement(this.#element.takeWith(bytes.subarray(kept, at)));
        kept = at;
        this.#rest.add(INSTEAD);
      }
    }
    (this.#element.isOpen ? this.#element : this.#rest).add(bytes.subarray(kept, at));
  }

  /** @throws AppError where the text ends early or is no JSON */
  end(): unknown {
    if (!this.#ended) throw notLikeCore("its answer to getblock ends early");
    return parse(this.#rest.take().toString());
  }

  /** Where to go on: behind the end of the string, or at the end of the piece. */
  #passString(bytes: Buffer, from: number): number {
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      at += 1;
    }
    for (;;) {
      const quote = findQuote(bytes, at);
      const end = quote === -1 ? bytes.length : quote;
      const isEscaped = endsEscaped(bytes, at, end);
      if (quote === -1) {
        this.#escaped = isEscaped;
        return bytes.length;
      }
      at = quote + 1;
      if (isEscaped) continue;
      this.#inString = false;
      return at;
    }
  }
}

/** Whether what comes at `end` is escaped: by an odd number of backslashes before it. */
function endsEscaped(bytes: Buffer, from: number, end: number): boolean {
  let first = end;
  while (first > from && bytes[first - 1] === BACKSLASH) first -= 1;
  return (end - first) % 2 === 1;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notLikeCore("its answer to getblock is not JSON", error);
  }
}

/** Bytes that come one after the other and are one text. */
class Pieces {
  readonly #longest: number;
  #pieces: Buffer[] = [];
  #length = 0;
  isOpen = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  open(): void {
    this.isOpen = true;
  }

  /** What is kept is copied: the memory of a piece is used again. */
  add(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#length += piece.length;
    if (this.#length > this.#longest) throw notLikeCore("its answer to getblock is longer than any block's");
    this.#pieces.push(Buffer.from(piece));
  }

  /** With one that ends it, and is not copied where it is the only one. */
  takeWith(last: Buffer): Buffer {
    if (this.#pieces.length > 0) {
      this.add(last);
      return this.take();
    }
    this.isOpen = false;
    return last;
  }

  take(): Buffer {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    this.isOpen = false;
    return bytes;
  }
}
