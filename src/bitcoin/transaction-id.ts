import type { TransactionView } from "./block-scanner.ts";
import { displayHex, hash256, type Sha256, type Txid } from "./hashes.ts";

/** Hash of a transaction without its witness, internal byte order (BIP141 `txid`). Call it while the view is current. */
export function txidBytes(block: Uint8Array, tx: TransactionView, sha256: Sha256): Uint8Array {
  return hash256(tx.hasWitness ? withoutWitness(block, tx) : block.subarray(tx.start, tx.end), sha256);
}

/** Hash of a transaction with its witness, internal byte order (BIP141 `wtxid`). */
export function wtxidBytes(block: Uint8Array, tx: TransactionView, sha256: Sha256): Uint8Array {
  return hash256(block.subarray(tx.start, tx.end), sha256);
}

export function txidOf(block: Uint8Array, tx: TransactionView, sha256: Sha256): Txid {
  return displayHex(txidBytes(block, tx, sha256)) as Txid;
}

function withoutWitness(block: Uint8Array, tx: TransactionView): Uint8Array {
  const inputsStart = tx.start + 6;
  const stripped = new Uint8Array(4 + (tx.outputsEnd - inputsStart) + 4);
  stripped.set(block.subarray(tx.start, tx.start + 4), 0);
  stripped.set(block.subarray(inputsStart, tx.outputsEnd), 4);
  stripped.set(block.subarray(tx.end - 4, tx.end), stripped.length - 4);
  return stripped;
}
