import { type BlockVisitor, displayHex, scanBlock, type TransactionView, type Txid, txidOf } from "#bitcoin";
import { sha256 } from "#lib";

export type BlockTransaction = {
  readonly txid: Txid;
  /** `<txid>:<index>` of the outputs that it spends; none for the coinbase. */
  readonly outpoints: readonly string[];
};

/** Ids and inputs of a block's transactions, computed from its bytes. @throws ParseError */
export function listTransactions(block: Uint8Array): readonly BlockTransaction[] {
  const collector = new TransactionCollector(block);
  scanBlock(block, undefined, collector);
  return collector.transactions;
}

class TransactionCollector implements BlockVisitor {
  readonly transactions: BlockTransaction[] = [];
  readonly #block: Uint8Array;
  readonly #view: DataView;
  #outpoints: string[] = [];

  constructor(block: Uint8Array) {
    this.#block = block;
    this.#view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  }

  input({ scriptStart, scriptEnd }: { scriptStart: number; scriptEnd: number }, tx: TransactionView): void {
    if (tx.index === 0) return;
    const start = scriptStart - lengthBytes(scriptEnd - scriptStart) - 36;
    const txid = displayHex(this.#block.subarray(start, start + 32));
    this.#outpoints.push(`${txid}:${this.#view.getUint32(start + 32, true)}`);
  }

  transaction(tx: TransactionView): void {
    this.transactions.push({ txid: txidOf(this.#block, tx, sha256), outpoints: this.#outpoints });
    this.#outpoints = [];
  }
}

/** Bytes of the CompactSize that stands before a script of this length. */
function lengthBytes(length: number): number {
  if (length < 0xfd) return 1;
  return length <= 0xffff ? 3 : 5;
}
