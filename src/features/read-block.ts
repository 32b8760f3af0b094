import {
  type BlockVisitor,
  type InputView,
  isDust,
  type OutputView,
  type ScannedBlock,
  scanBlock,
  scriptTypeIndex,
  type SpentOutputs,
  type SpentOutputView,
  type TransactionView,
  type WitnessView,
} from "#bitcoin";
import { addEnvelopes } from "./inscription-envelope.ts";
import type { ScriptBook } from "./script-book.ts";
import type { TransactionParts } from "./transaction-parts.ts";

/** What is taken from each transaction, the coinbase first. */
export type Take = (tx: TransactionView, parts: TransactionParts) => void;

/** One family of features. */
export type Collector = { readonly take: Take };

type Reading = {
  readonly block: Uint8Array;
  readonly spent: SpentOutputs | undefined;
  readonly book: ScriptBook;
  /** Memory for the parts of a transaction, empty. */
  readonly parts: TransactionParts;
  readonly take: Take;
};

/**
 * One pass over a block and the outputs that it spends: gathers the parts of each transaction and hands them
 * over. @throws ParseError for bytes that are no block
 */
export function readBlock(reading: Reading): ScannedBlock {
  return scanBlock(reading.block, reading.spent, new PartsGatherer(reading));
}

/** BIP125: an input with a sequence below this says that the transaction may be replaced. */
const FIRST_NOT_REPLACEABLE = 0xffff_fffe;
const FINAL_SEQUENCE = 0xffff_ffff;

class PartsGatherer implements BlockVisitor {
  readonly #reading: Reading;
  readonly #spentBytes: Uint8Array;
  readonly #block: Uint8Array;
  readonly #book: ScriptBook;
  readonly #parts: TransactionParts;
  readonly #envelopes = { count: 0, bytes: 0 };

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#block = reading.block;
    this.#book = reading.book;
    this.#parts = reading.parts;
    this.#spentBytes = reading.spent?.bytes ?? new Uint8Array(0);
  }

  input({ sequence }: InputView): void {
    if (sequence < FIRST_NOT_REPLACEABLE) this.#parts.signalsRbf = true;
    if (sequence !== FINAL_SEQUENCE) this.#parts.hasOpenSequence = true;
  }

  spent(coin: SpentOutputView, tx: TransactionView): void {
    const { value, scriptStart, scriptEnd, height } = coin;
    const book = this.#book;
    const { coins } = this.#parts;
    const index = coins.add();
    const type = scriptTypeIndex(this.#spentBytes, scriptStart, scriptEnd);
    const script = book.enterSpent(scriptStart, scriptEnd, type);
    book.markSpent(script, tx.index);
    coins.value[index] = value;
    coins.type[index] = type;
    coins.scriptLength[index] = scriptEnd - scriptStart;
    coins.script[index] = script;
    coins.height[index] = height ?? -1;
    if (isDust(this.#spentBytes, coin)) this.#parts.dustCoins += 1;
    this.#noteOwner(script);
  }

  output(output: OutputView, tx: TransactionView): void {
    const { value, scriptStart, scriptEnd } = output;
    const block = this.#block;
    const book = this.#book;
    const parts = this.#parts;
    const { outputs } = parts;
    const index = outputs.add();
    const type = scriptTypeIndex(block, scriptStart, scriptEnd);
    const script = book.enterOutput(scriptStart, scriptEnd, type);
    outputs.reused[index] = book.wasKnown ? 1 : 0;
    outputs.value[index] = value;
    outputs.type[index] = type;
    outputs.start[index] = scriptStart;
    outputs.end[index] = scriptEnd;
    outputs.script[index] = script;
    const isChange = tx.index > 0 && book.lastSpentIn(script) === tx.index;
    outputs.isChange[index] = isChange ? 1 : 0;
    if (isChange) parts.change += value;
    if (isDust(block, output)) parts.dustOutputs += 1;
    this.#noteOwner(script);
  }

  #noteOwner(script: number): void {
    const book = this.#book;
    if (book.ownerOf(script) !== -1) this.#parts.hasOwners = true;
    if (book.isWatched(script)) this.#parts.hasWatched = true;
  }

  witness(witness: WitnessView): void {
    addEnvelopes(this.#block, witness, this.#envelopes);
  }

  transaction(tx: TransactionView): void {
    const parts = this.#parts;
    parts.inscriptions = this.#envelopes.count;
    parts.inscriptionBytes = this.#envelopes.bytes;
    this.#reading.take(tx, parts);
    this.#envelopes.count = 0;
    this.#envelopes.bytes = 0;
    parts.clear();
  }
}
