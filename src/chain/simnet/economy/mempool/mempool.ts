import { addCoin, takeChange, type Wallet } from "../people/wallet.ts";
import type { WaitingTransaction } from "./waiting-transaction.ts";

/** What waits to be mined. */
export type Mempool = {
  /** In no order: the last one moves into the place of one that leaves. */
  readonly waiting: WaitingTransaction[];
  weight: number;
  /** The newest mark that a walk has used. */
  mark: number;
};

export function createMempool(): Mempool {
  return { waiting: [], weight: 0, mark: 0 };
}

/** Its inputs have been taken out of the wallets; what returns to the sender may be spent again at once. */
export function enter(mempool: Mempool, tx: WaitingTransaction, wallets: readonly Wallet[]): void {
  tx.position = mempool.waiting.length;
  mempool.waiting.push(tx);
  mempool.weight += tx.weight;
  for (const parent of tx.parents) parent.children.push(tx);
  for (const coin of tx.inputs) coin.taken = true;
  const change = tx.outputs[tx.changeIndex];
  if (change !== undefined) wallets[change.walletId]?.change.push(change);
}

/** Takes out one that was mined at `height`: its outputs are coins now. */
export function confirm(
  mempool: Mempool,
  tx: WaitingTransaction,
  { height, wallets }: { height: number; wallets: readonly Wallet[] },
): void {
  leave(mempool, tx);
  for (const child of tx.children) child.parents.splice(child.parents.indexOf(tx), 1);
  for (const { walletId, value } of tx.inputs) walletAt(wallets, walletId).confirmed -= value;
  for (const coin of tx.outputs) {
    if (coin === undefined) continue;
    coin.height = height;
    coin.parent = undefined;
    const wallet = walletAt(wallets, coin.walletId);
    wallet.confirmed += coin.value;
    if (coin.taken) continue;
    takeChange(wallet, coin);
    addCoin(wallet, coin);
  }
}

/** Takes out one that will not be mined, and before it all that spend from it: the coins return to who sent them. */
export function withdrawFrom(mempool: Mempool, tx: WaitingTransaction, wallets: readonly Wallet[]): void {
  while (tx.children.length > 0) {
    const child = tx.children.at(-1);
    if (child !== undefined) withdrawFrom(mempool, child, wallets);
  }
  leave(mempool, tx);
  for (const parent of tx.parents) parent.children.splice(parent.children.indexOf(tx), 1);
  const change = tx.outputs[tx.changeIndex];
  if (change !== undefined) takeChange(walletAt(wallets, change.walletId), change);
  for (const coin of tx.inputs) {
    coin.taken = false;
    const wallet = walletAt(wallets, coin.walletId);
    if (coin.height >= 0) addCoin(wallet, coin);
    else if (coin.parent?.outputs[coin.parent.changeIndex] === coin) wallet.change.push(coin);
  }
}

function leave(mempool: Mempool, tx: WaitingTransaction): void {
  const last = mempool.waiting.pop();
  if (last === undefined || tx.position < 0) throw new RangeError("a transaction that does not wait cannot leave");
  if (last !== tx) {
    mempool.waiting[tx.position] = last;
    last.position = tx.position;
  }
  tx.position = -1;
  mempool.weight -= tx.weight;
}

export function walletAt(wallets: readonly Wallet[], id: number): Wallet {
  const wallet = wallets[id];
  if (wallet === undefined) throw new RangeError(`no wallet ${id}`);
  return wallet;
}

/** sat/vB. */
export function feeRateOf({ fee, weight }: { readonly fee: number; readonly weight: number }): number {
  return (4 * fee) / weight;
}

/** Appends the transaction's ancestors that wait and are not in the walk yet, oldest first, then itself. */
export function collectPackage(tx: WaitingTransaction, mark: number, into: WaitingTransaction[]): void {
  if (tx.mark === mark) return;
  tx.mark = mark;
  for (const parent of tx.parents) collectPackage(parent, mark, into);
  into.push(tx);
}

/** Appends the transaction and all that spend from it and are not in the walk yet. */
export function collectDescendants(tx: WaitingTransaction, mark: number, into: WaitingTransaction[]): void {
  if (tx.mark === mark) return;
  tx.mark = mark;
  into.push(tx);
  for (const child of tx.children) collectDescendants(child, mark, into);
}
