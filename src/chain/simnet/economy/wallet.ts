import type { Entity } from "./entities.ts";
import { deriveScript, type SimScript } from "./sim-script.ts";

/** An unspent output and how to spend it. */
export type Coin = {
  /** Internal byte order. */
  readonly txid: Uint8Array;
  readonly outputIndex: number;
  /** Satoshis. */
  readonly value: number;
  /** Height of the block that made it. */
  readonly height: number;
  readonly script: SimScript;
};

/** Keys below are handed out again and again (deposit addresses, a pool's payout address), keys from here on once. */
const FIRST_FRESH_KEY = 1_000_000;

/** The coins of one entity. Their order is part of the simulation's state: it decides which are picked. */
export class Wallet {
  readonly entity: Entity;
  readonly #seed: number;
  readonly #coins: Coin[] = [];
  readonly #reused = new Map<number, SimScript>();
  #nextKey = FIRST_FRESH_KEY;
  #balance = 0;

  constructor(seed: number, entity: Entity) {
    this.#seed = seed;
    this.entity = entity;
  }

  get coins(): readonly Coin[] {
    return this.#coins;
  }

  /** Satoshis. */
  get balance(): number {
    return this.#balance;
  }

  get nextKey(): number {
    return this.#nextKey;
  }

  add(coin: Coin): void {
    this.#coins.push(coin);
    this.#balance += coin.value;
  }

  /** Takes the coin out; the last one moves into its place. */
  take(position: number): Coin {
    const coin = this.#coins[position];
    const last = this.#coins.pop();
    if (coin === undefined || last === undefined) throw new RangeError(`no coin at position ${position}`);
    if (position < this.#coins.length) this.#coins[position] = last;
    this.#balance -= coin.value;
    return coin;
  }

  /** Takes the first coins out, the rest keep their order. */
  takeFirst(count: number): Coin[] {
    const coins = this.#coins.splice(0, count);
    for (const coin of coins) this.#balance -= coin.value;
    return coins;
  }

  freshScript(): SimScript {
    this.#nextKey += 1;
    return this.#derive(this.#nextKey - 1);
  }

  /** The same script for the same key each time; for few keys, as it remembers them. */
  reusedScript(keyIndex: number): SimScript {
    const known = this.#reused.get(keyIndex);
    if (known !== undefined) return known;
    const script = this.#derive(keyIndex);
    this.#reused.set(keyIndex, script);
    return script;
  }

  /** Puts a wallet back to where a snapshot left it. */
  restore(nextKey: number, coins: readonly (Omit<Coin, "script"> & { keyIndex: number })[]): void {
    this.#nextKey = nextKey;
    for (const { keyIndex, ...coin } of coins) {
      const script = keyIndex < FIRST_FRESH_KEY ? this.reusedScript(keyIndex) : this.#derive(keyIndex);
      this.add({ ...coin, script });
    }
  }

  #derive(keyIndex: number): SimScript {
    return deriveScript(this.entity.scriptKind, { seed: this.#seed, walletId: this.entity.walletId, keyIndex });
  }
}
