import type { SimScript } from "../people/sim-script.ts";

/** An unspent output and how to spend it. */
export type Coin = {
  /** Internal byte order. */
  readonly txid: Uint8Array;
  readonly outputIndex: number;
  /** Satoshis. */
  readonly value: number;
  readonly walletId: number;
  readonly script: SimScript;
  /** Height of the block that made it; -1 while its transaction waits. */
  height: number;
  /** The transaction that makes it, while that waits. */
  parent: WaitingTransaction | undefined;
  /** Whether a transaction that waits spends it. */
  taken: boolean;
};

/** A signed transaction that waits to be mined, or has been. */
export type WaitingTransaction = {
  /** Internal byte order. */
  readonly txid: Uint8Array;
  readonly wtxid: Uint8Array;
  /** Network serialisation with witnesses. */
  readonly bytes: Uint8Array;
  readonly weight: number;
  /** Satoshis. */
  readonly fee: number;
  readonly inputs: readonly Coin[];
  /** By output index; `undefined` where nobody can spend it. */
  readonly outputs: readonly (Coin | undefined)[];
  /** What the outputs say. */
  readonly payments: readonly { readonly value: number; readonly script: Uint8Array }[];
  /** Output that returns to the sender; -1 where none does. */
  readonly changeIndex: number;
  readonly replaceable: boolean;
  /** Those of its inputs' transactions that wait as well. */
  readonly parents: WaitingTransaction[];
  readonly children: WaitingTransaction[];
  /** How long the longest line of its ancestors was when it came, itself included. */
  readonly depth: number;
  /** Chain time, unix seconds. */
  readonly arrivedAt: number;
  /** When whoever sent it loses patience. */
  impatientAt: number;
  /** Most that they would offer then, sat/vB. */
  readonly mostFeeRate: number;
  /** Of the staged event that it belongs to. */
  readonly eventId: number | undefined;
  /** For one walk over a graph of them; see the walks. */
  mark: number;
  /** Place in the list of all that wait; -1 when it no longer waits. */
  position: number;
};
