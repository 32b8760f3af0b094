import type { Coin } from "../mempool/waiting-transaction.ts";
import { deriveScript, type ScriptKind, type SimScript } from "./sim-script.ts";

export type { Coin };

/** Keys below are handed out again and again (deposit addresses, a pool's payout address), keys from here on once. */
const FIRST_FRESH_KEY = 1_000_000;

/** Coins under one owner's hand. Their order is part of the simulation's state: it decides which are picked. */
export type Wallet = {
  readonly id: number;
  readonly seed: number;
  readonly scriptKind: ScriptKind;
  /** Confirmed and not taken by a transaction that waits. */
  readonly coins: Coin[];
  /** Of its own transactions that wait; may be spent again. */
  readonly change: Coin[];
  /** Satoshis in `coins`. */
  balance: number;
  /** Satoshis in confirmed outputs, whether or not a waiting transaction spends them: what a node would say. */
  confirmed: number;
  nextKey: number;
  readonly reused: Map<number, SimScript>;
};

/** Who gets an output, and under which script. */
export type Receiver = { readonly wallet: Wallet; readonly script: SimScript };

export function createWallet(seed: number, id: number, scriptKind: ScriptKind): Wallet {
  const start = { nextKey: FIRST_FRESH_KEY, balance: 0, confirmed: 0 };
  return { id, seed, scriptKind, coins: [], change: [], reused: new Map(), ...start };
}

export function addCoin(wallet: Wallet, coin: Coin): void {
  wallet.coins.push(coin);
  wallet.balance += coin.value;
}

/** What a block itself pays belongs to the receivers at once. */
export function creditCoinbase(
  rewards: readonly { readonly value: number; readonly receiver: Receiver | undefined }[],
  { txid, height }: { readonly txid: Uint8Array; readonly height: number },
): void {
  for (const [outputIndex, { receiver, value }] of rewards.entries()) {
    if (receiver === undefined) continue;
    const { wallet, script } = receiver;
    const state = { height, parent: undefined, taken: false };
    addCoin(wallet, { txid, outputIndex, value, walletId: wallet.id, script, ...state });
    wallet.confirmed += value;
  }
}

/** Takes the coin out; the last one moves into its place. */
export function takeCoin(wallet: Wallet, position: number): Coin {
  const coin = wallet.coins[position];
  const last = wallet.coins.pop();
  if (coin === undefined || last === undefined) throw new RangeError(`no coin at position ${position}`);
  if (position < wallet.coins.length) wallet.coins[position] = last;
  wallet.balance -= coin.value;
  return coin;
}

/** Takes the first coins out, the rest keep their order. */
export function takeFirstCoins(wallet: Wallet, count: number): Coin[] {
  const coins = wallet.coins.splice(0, count);
  for (const coin of coins) wallet.balance -= coin.value;
  return coins;
}

/** Takes a coin of its own waiting transaction out of those that may be spent. */
export function takeChange(wallet: Wallet, coin: Coin): void {
  const position = wallet.change.indexOf(coin);
  if (position >= 0) wallet.change.splice(position, 1);
}

export function freshScript(wallet: Wallet): SimScript {
  wallet.nextKey += 1;
  return derive(wallet, wallet.nextKey - 1);
}

/** The same script for the same key each time; for few keys, as the wallet remembers them. */
export function reusedScript(wallet: Wallet, keyIndex: number): SimScript {
  const known = wallet.reused.get(keyIndex);
  if (known !== undefined) return known;
  const script = derive(wallet, keyIndex);
  wallet.reused.set(keyIndex, script);
  return script;
}

/** Pays to a script whose spend reveals so many bytes. */
export function inscriptionScript(wallet: Wallet, contentSize: number): SimScript {
  wallet.nextKey += 1;
  const path = { seed: wallet.seed, walletId: wallet.id, keyIndex: wallet.nextKey - 1 };
  return deriveScript("inscription", path, contentSize);
}

function derive({ seed, id, scriptKind }: Wallet, keyIndex: number): SimScript {
  return deriveScript(scriptKind, { seed, walletId: id, keyIndex });
}
