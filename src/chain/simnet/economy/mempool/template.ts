import { collectDescendants, collectPackage, feeRateOf, type Mempool } from "./mempool.ts";
import type { WaitingTransaction } from "./waiting-transaction.ts";

/** What a miner would take, in the order in which it is mined: parents before children. */
export type Template = {
  readonly transactions: readonly WaitingTransaction[];
  readonly weight: number;
  /** Lowest package fee rate in it, sat/vB; 0 while it is empty. */
  readonly lowestFeeRate: number;
};

type Candidate = { readonly tx: WaitingTransaction; readonly feeRate: number };

/** Packages that do not fit any more before a miner gives up, as in Core's BlockAssembler. */
const MOST_FAILURES = 50;

/**
 * Fills templates one after the other: the packages (a transaction with its ancestors that wait) of the highest fee
 * rate first. A transaction whose ancestors are in is weighed anew, without them.
 */
export function fillTemplates(mempool: Mempool, count: number, blockWeight: number): Template[] {
  const queue = new CandidateQueue(mempool);
  return Array.from({ length: count }, () => fillOne(queue, blockWeight));
}

function fillOne(queue: CandidateQueue, blockWeight: number): Template {
  const transactions: WaitingTransaction[] = [];
  let weight = 0;
  let lowestFeeRate = 0;
  const passed: Candidate[] = [];
  while (passed.length < MOST_FAILURES) {
    const next = queue.next();
    if (next === undefined) break;
    const missing = queue.missingOf(next.tx);
    const feeRate = packageFeeRate(missing);
    // Its parents were taken by others since it was weighed: it comes again where it belongs now.
    if (feeRate < next.feeRate) {
      queue.putBack({ tx: next.tx, feeRate });
      continue;
    }
    const added = missing.reduce((sum, tx) => sum + tx.weight, 0);
    if (weight + added > blockWeight) {
      passed.push(next);
      continue;
    }
    for (const tx of missing) queue.taken.add(tx);
    queue.weighAnew(missing);
    transactions.push(...missing);
    weight += added;
    lowestFeeRate = feeRate;
  }
  for (const candidate of passed) queue.putBack(candidate);
  return { transactions, weight, lowestFeeRate };
}

function packageFeeRate(transactions: readonly WaitingTransaction[]): number {
  let fee = 0;
  let weight = 0;
  for (const tx of transactions) {
    fee += tx.fee;
    weight += tx.weight;
  }
  return feeRateOf({ fee, weight });
}

/** All that wait, dearest package first; those that came back stand in a list of their own, which stays short. */
class CandidateQueue {
  readonly taken = new Set<WaitingTransaction>();
  readonly #mempool: Mempool;
  readonly #sorted: readonly Candidate[];
  /** Ascending: the dearest last. */
  readonly #returned: Candidate[] = [];
  #at = 0;

  constructor(mempool: Mempool) {
    this.#mempool = mempool;
    this.#sorted = mempool.waiting
      .map((tx) => ({ tx, feeRate: tx.parents.length === 0 ? feeRateOf(tx) : packageFeeRate(this.missingOf(tx)) }))
      .toSorted((left, right) => right.feeRate - left.feeRate || left.tx.position - right.tx.position);
  }

  next(): Candidate | undefined {
    while (true) {
      const candidate = this.#draw();
      if (candidate === undefined || !this.taken.has(candidate.tx)) return candidate;
    }
  }

  putBack(candidate: Candidate): void {
    let at = this.#returned.length;
    while (at > 0 && (this.#returned[at - 1]?.feeRate ?? 0) > candidate.feeRate) at -= 1;
    this.#returned.splice(at, 0, candidate);
  }

  /** What spends from these is worth more or less without them: it comes again where it belongs now. */
  weighAnew(taken: readonly WaitingTransaction[]): void {
    if (taken.every(({ children }) => children.length === 0)) return;
    const descendants: WaitingTransaction[] = [];
    this.#mempool.mark += 1;
    for (const tx of taken) collectDescendants(tx, this.#mempool.mark, descendants);
    for (const tx of descendants) {
      if (!this.taken.has(tx)) this.putBack({ tx, feeRate: packageFeeRate(this.missingOf(tx)) });
    }
  }

  /** The transaction and its ancestors that are in no template yet, oldest first. */
  missingOf(tx: WaitingTransaction): WaitingTransaction[] {
    if (tx.parents.length === 0) return [tx];
    this.#mempool.mark += 1;
    const all: WaitingTransaction[] = [];
    collectPackage(tx, this.#mempool.mark, all);
    return all.filter((member) => !this.taken.has(member));
  }

  #draw(): Candidate | undefined {
    const fresh = this.#sorted[this.#at];
    const returned = this.#returned.at(-1);
    if (returned !== undefined && (fresh === undefined || returned.feeRate >= fresh.feeRate))
      return this.#returned.pop();
    this.#at += 1;
    return fresh;
  }
}
