import { SCRIPT_TYPES, type TransactionView } from "#bitcoin";
import type { Collector } from "./read-block.ts";
import type { TransactionParts } from "./transaction-parts.ts";

/** Kinds that a transaction can be of, several at once. Each is defined beside {@link TransactionKindCollector}. */
export const TRANSACTION_KINDS = [
  "consolidation",
  "batch_payout",
  "coinjoin",
  "data_carrier",
  "rbf",
  "version3",
  "locktime",
] as const;

export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/** How many of one side make one of the other a gathering or a handing out. */
const RATIO = 5;

/** Sides of a CoinJoin have at least so many. */
const COINJOIN_PARTS = 5;

const OP_RETURN = SCRIPT_TYPES.indexOf("op_return");

/**
 * Counts transactions by kind, the coinbase apart.
 * consolidation: at least 5 inputs an output; batch_payout: at least 5 outputs an input; data_carrier: an OP_RETURN output or an
 * inscription; rbf: BIP125; version3: BIP431; locktime: a lock time that an input lets count.
 * coinjoin: at least 5 inputs and outputs, of whose amounts no more than half are distinct, and no paid script twice or
 * among the spent ones; a likeness, not a proof. Source of the thresholds: mempool.space `getTransactionFlags`.
 */
export class TransactionKindCollector implements Collector {
  readonly counts = Object.fromEntries(TRANSACTION_KINDS.map((kind) => [kind, 0])) as Record<TransactionKind, number>;
  readonly #spentKnown: boolean;

  constructor(spentKnown: boolean) {
    this.#spentKnown = spentKnown;
  }

  take(tx: TransactionView, parts: TransactionParts): void {
    if (tx.index === 0) return;
    const { counts } = this;
    if (tx.inputs >= RATIO * tx.outputs) counts.consolidation += 1;
    if (tx.outputs >= RATIO * tx.inputs) counts.batch_payout += 1;
    if (parts.inscriptions > 0 || hasOpReturn(parts)) counts.data_carrier += 1;
    if (parts.signalsRbf) counts.rbf += 1;
    if (tx.version === 3) counts.version3 += 1;
    if (tx.lockTime > 0 && parts.hasOpenSequence) counts.locktime += 1;
    if (this.#spentKnown && isCoinJoinLike(parts)) counts.coinjoin += 1;
  }
}

function hasOpReturn({ outputs }: TransactionParts): boolean {
  for (let index = 0; index < outputs.count; index += 1) {
    if ((outputs.type[index] ?? 0) === OP_RETURN) return true;
  }
  return false;
}

function isCoinJoinLike({ coins, outputs }: TransactionParts): boolean {
  if (coins.count < COINJOIN_PARTS || outputs.count < COINJOIN_PARTS) return false;
  const scripts = new Set<number>();
  const values = new Set<number>();
  for (let index = 0; index < outputs.count; index += 1) {
    const script = outputs.script[index] ?? 0;
    if ((outputs.isChange[index] ?? 0) === 1 || scripts.has(script)) return false;
    if (script >= 0) scripts.add(script);
    values.add(outputs.value[index] ?? 0);
  }
  const spent = new Set<number>();
  for (let index = 0; index < coins.count; index += 1) spent.add(coins.value[index] ?? 0);
  return values.size + spent.size <= (coins.count + outputs.count) / 2;
}
