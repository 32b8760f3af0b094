import { ByteReader, MAX_MONEY } from "./byte-reader.ts";
import { type BlockHeader, readHeader } from "./header.ts";
import { SpentOutputsReader, type SpentOutputs, type SpentOutputView } from "./spent-outputs.ts";

/** An input as the scanner passes over it; reused. The coinbase's one is visited too. */
export type InputView = {
  index: number;
  /** The input script is `block.subarray(scriptStart, scriptEnd)`. */
  scriptStart: number;
  scriptEnd: number;
  sequence: number;
};

/** The witness of one input as the scanner passes over it; reused. */
export type WitnessView = {
  /** Of the input. */
  index: number;
  items: number;
  /** The last item, where there is one: `block.subarray(lastStart, lastEnd)`. */
  lastStart: number;
  lastEnd: number;
  /** The one before it, where there are two, and the one before that, where there are three. */
  secondLastStart: number;
  secondLastEnd: number;
  thirdLastStart: number;
  thirdLastEnd: number;
};

/** An output as the scanner passes over it. The object is reused: copy what must outlast the call. */
export type OutputView = {
  index: number;
  /** Satoshis. */
  value: number;
  /** The script is `block.subarray(scriptStart, scriptEnd)`. */
  scriptStart: number;
  scriptEnd: number;
};

/**
 * A transaction as the scanner passes over it; reused. While its outputs and coins are visited only `index`,
 * `start`, `version` and `inputs` are known, all of it when `transaction` is called.
 */
export type TransactionView = {
  /** 0 is the coinbase. */
  index: number;
  /** Serialised with witness: `block.subarray(start, end)`. */
  start: number;
  end: number;
  version: number;
  lockTime: number;
  inputs: number;
  outputs: number;
  hasWitness: boolean;
  /** Where the outputs end; the witness, if any, begins here. */
  outputsEnd: number;
  /** Bytes with witness. */
  size: number;
  /** BIP141: three times the size without witness plus the size with it. */
  weight: number;
  /** Satoshis. */
  totalOut: number;
  /** Satoshis; 0 for the coinbase and where spent outputs are unknown. */
  totalIn: number;
};

/** What is done with a block while it is read. All calls of one transaction come in this order. */
export type BlockVisitor = {
  input?(input: InputView, tx: TransactionView): void;
  /** One coin that the transaction spends; never called for the coinbase or without spent outputs. */
  spent?(coin: SpentOutputView, tx: TransactionView): void;
  output?(output: OutputView, tx: TransactionView): void;
  witness?(witness: WitnessView, tx: TransactionView): void;
  transaction?(tx: TransactionView): void;
};

export type ScannedBlock = {
  readonly header: BlockHeader;
  readonly transactions: number;
  /** Bytes with witness. */
  readonly size: number;
  /** The coinbase's input script: `block.subarray(start, end)`. */
  readonly coinbaseScript: { readonly start: number; readonly end: number };
};

/** The smallest serialised transaction has 60 bytes, input 41, output 9. */
const SMALLEST = { transaction: 60, input: 41, output: 9 } as const;

/**
 * Reads a block and the outputs it spends in one pass and calls the visitor on the way; allocates nothing per
 * transaction. Consensus rules on structure, counts and amounts hold afterwards; scripts, hashes and proof of
 * work are not looked at (`checkBlock` does).
 * @throws ParseError with field path and byte offset
 */
export function scanBlock(block: Uint8Array, spent: SpentOutputs | undefined, visitor: BlockVisitor): ScannedBlock {
  return new BlockScanner(block, spent, visitor).scan();
}

class BlockScanner {
  readonly #reader: ByteReader;
  readonly #spent: SpentOutputsReader | undefined;
  readonly #visitor: BlockVisitor;
  readonly #input: InputView = { index: 0, scriptStart: 0, scriptEnd: 0, sequence: 0 };
  readonly #witness: WitnessView = {
    index: 0,
    items: 0,
    lastStart: 0,
    lastEnd: 0,
    secondLastStart: 0,
    secondLastEnd: 0,
    thirdLastStart: 0,
    thirdLastEnd: 0,
  };
  readonly #output: OutputView = { index: 0, value: 0, scriptStart: 0, scriptEnd: 0 };
  readonly #coinbaseScript = { start: 0, end: 0 };
  readonly #tx: TransactionView = {
    index: 0,
    start: 0,
    end: 0,
    version: 0,
    lockTime: 0,
    inputs: 0,
    outputs: 0,
    hasWitness: false,
    outputsEnd: 0,
    size: 0,
    weight: 0,
    totalOut: 0,
    totalIn: 0,
  };
  /** Where we are, for messages: -1 is "not inside". */
  #txIndex = -1;
  #part = "header";
  #partIndex = -1;
  #field = "";

  constructor(block: Uint8Array, spent: SpentOutputs | undefined, visitor: BlockVisitor) {
    this.#reader = new ByteReader(block, "block", () => this.#path());
    this.#spent = spent === undefined ? undefined : new SpentOutputsReader(spent);
    this.#visitor = visitor;
  }

  scan(): ScannedBlock {
    const reader = this.#reader;
    const header = readHeader(reader);
    this.#part = "transaction count";
    const transactions = reader.compactSize(Math.floor(reader.remaining / SMALLEST.transaction), "transactions");
    if (transactions === 0) reader.fail("a block has at least a coinbase");
    this.#spent?.begin(transactions);
    for (let index = 0; index < transactions; index += 1) this.#readTransaction(index);
    this.#txIndex = -1;
    this.#part = "end of block";
    if (reader.remaining > 0) reader.fail(`${reader.remaining} bytes follow the last transaction`);
    this.#spent?.end();
    return { header, transactions, size: reader.offset, coinbaseScript: this.#coinbaseScript };
  }

  #path(): string {
    const parts = this.#txIndex < 0 ? [] : [`tx ${this.#txIndex}`];
    parts.push(this.#partIndex < 0 ? this.#part : `${this.#part} ${this.#partIndex}`);
    if (this.#field !== "") parts.push(this.#field);
    return parts.join(" / ");
  }

  #enter(part: string, index: number, field: string): void {
    this.#part = part;
    this.#partIndex = index;
    this.#field = field;
  }

  #readTransaction(index: number): void {
    const reader = this.#reader;
    const tx = this.#tx;
    this.#txIndex = index;
    this.#enter("version", -1, "");
    tx.index = index;
    tx.start = reader.offset;
    tx.version = reader.i32();
    tx.hasWitness = this.#readMarker();
    this.#readInputs();
    this.#readOutputs();
    const witnessBytes = tx.hasWitness ? 2 + this.#readWitness() : 0;
    this.#enter("lock time", -1, "");
    tx.lockTime = reader.u32();
    tx.end = reader.offset;
    tx.size = tx.end - tx.start;
    tx.weight = 4 * tx.size - 3 * witnessBytes;
    this.#visitor.transaction?.(tx);
  }

  /** BIP144: a zero where the input count would stand, then a flag. */
  #readMarker(): boolean {
    const reader = this.#reader;
    if (reader.bytes[reader.offset] !== 0) return false;
    this.#enter("witness flag", -1, "");
    reader.skip(1);
    if (reader.u8() !== 1) reader.fail("no inputs, and no witness flag of 1", reader.offset - 1);
    return true;
  }

  #readInputs(): void {
    const reader = this.#reader;
    const tx = this.#tx;
    this.#enter("input count", -1, "");
    const inputs = reader.compactSize((reader.remaining / SMALLEST.input) | 0, "inputs");
    if (inputs === 0) reader.fail("a transaction has at least one input");
    tx.inputs = inputs;
    tx.totalIn = 0;
    const spent = tx.index === 0 ? undefined : this.#spent;
    this.#spent?.beginTransaction(tx.index, tx.index === 0 ? 0 : inputs);
    const input = this.#input;
    let totalIn = 0;
    this.#part = "input";
    for (let index = 0; index < inputs; index += 1) {
      this.#partIndex = index;
      this.#field = "previous output";
      const outpoint = reader.skip(36);
      if (tx.index === 0) this.#checkCoinbaseInput(outpoint);
      this.#field = "script";
      input.index = index;
      input.scriptStart = reader.skipSized("script bytes");
      input.scriptEnd = reader.offset;
      this.#field = "sequence";
      input.sequence = reader.u32();
      this.#visitor.input?.(input, tx);
      if (spent === undefined) continue;
      const coin = spent.next(index);
      totalIn += coin.value;
      tx.totalIn = totalIn;
      this.#visitor.spent?.(coin, tx);
    }
    if (tx.index === 0) {
      this.#coinbaseScript.start = input.scriptStart;
      this.#coinbaseScript.end = input.scriptEnd;
    }
    if (tx.totalIn > MAX_MONEY) reader.fail("inputs sum to more than 21 million BTC", tx.start);
  }

  #checkCoinbaseInput(outpoint: number): void {
    const bytes = this.#reader.bytes;
    if (this.#tx.inputs !== 1)
      this.#reader.fail("the first transaction is no coinbase: it has several inputs", outpoint);
    for (let offset = outpoint; offset < outpoint + 36; offset += 1) {
      const expected = offset < outpoint + 32 ? 0 : 0xff;
      if (bytes[offset] !== expected) this.#reader.fail("the first transaction is no coinbase", offset);
    }
  }

  #readOutputs(): void {
    const reader = this.#reader;
    const tx = this.#tx;
    const output = this.#output;
    this.#enter("output count", -1, "");
    tx.outputs = reader.compactSize((reader.remaining / SMALLEST.output) | 0, "outputs");
    tx.totalOut = 0;
    if (tx.outputs === 0) reader.fail("a transaction has at least one output");
    this.#part = "output";
    for (let index = 0; index < tx.outputs; index += 1) {
      this.#partIndex = index;
      this.#field = "value";
      output.index = index;
      output.value = reader.sats();
      this.#field = "script";
      output.scriptStart = reader.skipSized("script bytes");
      output.scriptEnd = reader.offset;
      tx.totalOut += output.value;
      this.#visitor.output?.(output, tx);
    }
    tx.outputsEnd = reader.offset;
    this.#enter("outputs", -1, "");
    if (tx.totalOut > MAX_MONEY) reader.fail("outputs sum to more than 21 million BTC", tx.start);
    if (tx.index > 0 && this.#spent !== undefined && tx.totalIn < tx.totalOut) {
      reader.fail(`pays out ${tx.totalOut} sats but its spent outputs hold ${tx.totalIn}`, tx.start);
    }
  }

  /** Returns the number of witness bytes, marker and flag apart. */
  #readWitness(): number {
    const reader = this.#reader;
    const witness = this.#witness;
    const start = reader.offset;
    let items = 0;
    this.#part = "witness";
    for (let index = 0; index < this.#tx.inputs; index += 1) {
      this.#partIndex = index;
      this.#field = "item count";
      const count = reader.compactSize(reader.remaining, "witness items");
      this.#field = "item";
      for (let item = 0; item < count; item += 1) this.#readWitnessItem(witness);
      witness.index = index;
      witness.items = count;
      this.#visitor.witness?.(witness, this.#tx);
      items += count;
    }
    if (items === 0) reader.fail("witness flag is set but every witness is empty", start);
    return reader.offset - start;
  }

  #readWitnessItem(witness: WitnessView): void {
    const reader = this.#reader;
    witness.thirdLastStart = witness.secondLastStart;
    witness.thirdLastEnd = witness.secondLastEnd;
    witness.secondLastStart = witness.lastStart;
    witness.secondLastEnd = witness.lastEnd;
    witness.lastStart = reader.skipSized("witness bytes");
    witness.lastEnd = reader.offset;
  }
}
