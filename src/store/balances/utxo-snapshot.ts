import type { BlockHash } from "#bitcoin";
import type { Entity } from "#features";

/** A UTXO set as a node wrote it down, without its coins. Amounts are satoshis. */
export type UtxoSnapshot = {
  readonly baseHash: BlockHash;
  /** `null` where nobody told it. */
  readonly height: number | null;
  /** Of the youngest coin: the base block is at this height or above. */
  readonly maxCoinHeight: number;
  readonly coins: number;
  readonly transactions: number;
  readonly total: number;
  readonly bogosize: number;
  /** Core's `hash_serialized_3` in display order. */
  readonly hash: string | null;
  /** Of the labels by which the entities were found. */
  readonly labelVersion: number;
};

export type EntityBalance = Entity & { readonly sats: number; readonly coins: number };

export type ScriptBalance = {
  readonly script: Uint8Array;
  /** `null` where its type has none. */
  readonly address: string | null;
  /** Who owns it; `null` where nobody is known. */
  readonly entity: Entity | null;
  readonly sats: number;
  readonly coins: number;
};

export type SnapshotBalances = {
  /** The largest first. */
  readonly entities: readonly EntityBalance[];
  readonly scripts: readonly ScriptBalance[];
};
