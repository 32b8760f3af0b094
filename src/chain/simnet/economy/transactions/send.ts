import { ByteWriter, hasWitness, hash256, writeStrippedTransaction, writeTransaction } from "#bitcoin";
import { sha256 } from "#lib";
import { enter } from "../mempool/mempool.ts";
import type { WaitingTransaction } from "../mempool/waiting-transaction.ts";
import type { Coin } from "../people/wallet.ts";
import type { World } from "../world.ts";
import { signInput } from "./signing.ts";
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

const stripped = new ByteWriter();
const whole = new ByteWriter();

function sign({ random, tip, time }: World, draft: TransactionDraft, terms: Terms): WaitingTransaction {
  const replaceable = random.chance(0.6);
  const sequence = replaceable ? REPLACEABLE : FINAL;
  const inputs = draft.inputs.map((coin) => signInput(coin, sequence, random));
  // Half of the wallets forbid that a later miner takes their transaction back in time, as Core's does.
  const lockTime = replaceable && random.chance(0.5) ? Math.max(0, tip.height) : 0;
  const plain = { version: random.chance(0.12) ? 1 : 2, inputs, outputs: draft.outputs, lockTime };
  whole.clear();
  writeTransaction(whole, plain);
  const bytes = whole.toBytes();
  const wtxid = hash256(bytes, sha256);
  let txid = wtxid;
  let weight = 4 * bytes.length;
  if (hasWitness(plain)) {
    stripped.clear();
    writeStrippedTransaction(stripped, plain);
    txid = hash256(stripped.written(), sha256);
    weight = 3 * stripped.length + bytes.length;
  }
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

function parentsOf(inputs: readonly Coin[]): WaitingTransaction[] {
  const parents: WaitingTransaction[] = [];
  for (const { parent } of inputs) if (parent !== undefined && !parents.includes(parent)) parents.push(parent);
  return parents;
}
