import { ByteWriter, hash256 } from "#bitcoin";
import { sha256 } from "#lib";
import { enter } from "../mempool/mempool.ts";
import type { WaitingTransaction } from "../mempool/waiting-transaction.ts";
import type { Coin } from "../people/wallet.ts";
import type { World } from "../world.ts";
import { signInput } from "./signing.ts";
import { takeRoom } from "./slab.ts";
import { totalOf, type TransactionDraft } from "./transaction-draft.ts";

/** How a sender behaves while the transaction waits. */
export type Terms = {
  /** Seconds. */
  readonly patience: number;
  readonly mostFeeRate: number;
  readonly eventId?: number | undefined;
};

/** Signals replaceability and lets the lock time count (BIP125, BIP68). */
const REPLACEABLE = 0xffff_fffd;
const FINAL = 0xffff_ffff;

/** Signs the draft and lets it wait in the mempool. */
export function send(world: World, draft: TransactionDraft, terms: Terms): WaitingTransaction {
  const tx = sign(world, draft, terms);
  enter(world.mempool, tx, world.people.wallets);
  return tx;
}

/** Whether there was a draft to send: whoever had no money for it made none. */
export function trySend(world: World, draft: TransactionDraft | undefined, terms: Terms): boolean {
  if (draft !== undefined) send(world, draft, terms);
  return draft !== undefined;
}

const base = new ByteWriter();
const witness = new ByteWriter();

function sign({ random, tip, time }: World, draft: TransactionDraft, terms: Terms): WaitingTransaction {
  const replaceable = random.chance(0.45);
  // Some wallets forbid that a later miner takes their transaction back in time, as Core's does.
  const lockTime = replaceable && random.chance(0.35) ? Math.max(0, tip.height) : 0;
  base.clear();
  witness.clear();
  base.u32(random.chance(0.25) ? 1 : 2);
  base.compactSize(draft.inputs.length);
  for (const coin of draft.inputs) signInput(coin, replaceable ? REPLACEABLE : FINAL, random, { base, witness });
  base.compactSize(draft.outputs.length);
  for (const { value, script } of draft.outputs) {
    base.u64(value);
    base.sizedBytes(script);
  }
  base.u32(lockTime);
  const txid = Uint8Array.from(hash256(base.written(), sha256));
  const hasWitness = witness.length > draft.inputs.length;
  const bytes = hasWitness ? withWitness() : copyOf(base.written());
  const wtxid = hasWitness ? Uint8Array.from(hash256(bytes, sha256)) : txid;
  const weight = 3 * base.length + bytes.length;
  const parents = parentsOf(draft.inputs);
  const tx: WaitingTransaction = {
    txid,
    wtxid,
    bytes,
    weight,
    fee: totalOf(draft.inputs) - totalOf(draft.outputs),
    inputs: draft.inputs,
    outputs: draft.outputs.map(({ receiver, value }, outputIndex): Coin | undefined => {
      if (receiver === undefined) return undefined;
      const { wallet, script } = receiver;
      return { txid, outputIndex, value, walletId: wallet.id, script, height: -1, parent: undefined, taken: false };
    }),
    payments: draft.outputs.map(({ value, script }) => ({ value, script })),
    changeIndex: draft.changeIndex,
    replaceable,
    parents,
    children: [],
    depth: 1 + parents.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
    arrivedAt: time,
    impatientAt: time + terms.patience,
    mostFeeRate: terms.mostFeeRate,
    eventId: terms.eventId,
    mark: 0,
    position: -1,
  };
  for (const coin of tx.outputs) if (coin !== undefined) coin.parent = tx;
  return tx;
}

/** BIP144: marker and flag after the version, the witnesses before the lock time. */
function withWitness(): Uint8Array {
  const plain = base.written();
  const bytes = takeRoom(plain.length + 2 + witness.length);
  bytes.set(plain.subarray(0, 4));
  bytes[4] = 0;
  bytes[5] = 1;
  bytes.set(plain.subarray(4, -4), 6);
  bytes.set(witness.written(), plain.length - 2);
  bytes.set(plain.subarray(-4), bytes.length - 4);
  return bytes;
}

function copyOf(written: Uint8Array): Uint8Array {
  const bytes = takeRoom(written.length);
  bytes.set(written);
  return bytes;
}

function parentsOf(inputs: readonly Coin[]): WaitingTransaction[] {
  const parents: WaitingTransaction[] = [];
  for (const { parent } of inputs) if (parent !== undefined && !parents.includes(parent)) parents.push(parent);
  return parents;
}
