/**
 * Bytes that are not what they should be. Has the shape of the house's AppError (code, details, retryable)
 * without being one, because this room imports nothing.
 */
export class ParseError extends Error {
  readonly code = "BITCOIN_PARSE";
  readonly retryable = false;
  /** Which of the inputs is at fault, e.g. "block" or "spent outputs". */
  readonly document: string;
  /** Field path, e.g. "tx 3 / input 0 / script". */
  readonly path: string;
  /** Byte offset in the document. */
  readonly offset: number;
  readonly reason: string;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(at: { document: string; path: string; offset: number }, reason: string) {
    super(`${at.document}: ${at.path}: ${reason}, at byte ${at.offset}`);
    this.name = "ParseError";
    this.document = at.document;
    this.path = at.path;
    this.offset = at.offset;
    this.reason = reason;
    this.details = { ...at, reason };
  }
}
