import { ByteReader } from "./byte-reader.ts";

/**
 * The outputs that a block spends, in the body format of Bitcoin Core's `GET /rest/spenttxouts/<hash>.bin`:
 * per transaction (coinbase first, with none) a count, then per output int64 value and script.
 * Undo files and `getblock 3` are transcoded into it, so that the scanner knows one format.
 */
export type SpentOutputs = {
  readonly bytes: Uint8Array;
  /** Height at which each coin was made, in the order of the bytes; absent where the source does not know. */
  readonly coinHeights?: Uint32Array;
};

/** A coin as the scanner passes over it. The object is reused: copy what must outlast the call. */
export type SpentOutputView = {
  /** Satoshis. */
  value: number;
  /** The script is `spent.bytes.subarray(scriptStart, scriptEnd)`. */
  scriptStart: number;
  scriptEnd: number;
  /** Height at which the coin was made; `undefined` where the source does not know. */
  height: number | undefined;
};

/** Reads spent outputs in step with the block that spends them, and fails where the two do not belong together. */
export class SpentOutputsReader {
  readonly #reader: ByteReader;
  readonly #heights: Uint32Array | undefined;
  readonly #view: SpentOutputView = { value: 0, scriptStart: 0, scriptEnd: 0, height: undefined };
  #coins = 0;
  #txIndex = -1;
  #inputIndex = -1;

  constructor(spent: SpentOutputs) {
    this.#reader = new ByteReader(spent.bytes, "spent outputs", () => this.#path());
    this.#heights = spent.coinHeights;
  }

  begin(transactions: number): void {
    const count = this.#reader.compactSize(this.#reader.remaining, "transactions");
    if (count !== transactions) {
      this.#reader.fail(`speaks of ${count} transactions, the block has ${transactions}: not of this block`, 0);
    }
  }

  beginTransaction(txIndex: number, inputs: number): void {
    this.#txIndex = txIndex;
    this.#inputIndex = -1;
    const start = this.#reader.offset;
    const count = this.#reader.compactSize(this.#reader.remaining, "spent outputs");
    if (count !== inputs) {
      this.#reader.fail(`has ${count} spent outputs, the block's transaction needs ${inputs}`, start);
    }
  }

  next(inputIndex: number): SpentOutputView {
    const reader = this.#reader;
    const view = this.#view;
    this.#inputIndex = inputIndex;
    view.value = reader.sats();
    view.scriptStart = reader.skipSized("script bytes");
    view.scriptEnd = reader.offset;
    view.height = this.#heights?.[this.#coins];
    this.#coins += 1;
    return view;
  }

  end(): void {
    this.#txIndex = -1;
    if (this.#reader.remaining > 0) this.#reader.fail(`${this.#reader.remaining} bytes follow the last spent output`);
    if (this.#heights !== undefined && this.#heights.length !== this.#coins) {
      this.#reader.fail(`${this.#heights.length} coin heights for ${this.#coins} coins`);
    }
  }

  #path(): string {
    if (this.#txIndex < 0) return "transactions";
    return this.#inputIndex < 0 ? `tx ${this.#txIndex}` : `tx ${this.#txIndex} / spent output ${this.#inputIndex}`;
  }
}
