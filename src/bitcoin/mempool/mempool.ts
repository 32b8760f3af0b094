import type { Txid } from "../hashes.ts";
import { createColumns, grownColumns, type MempoolColumns } from "./mempool-columns.ts";
import { TxidTable } from "./txid-table.ts";

/** A transaction that waits to be mined. */
export type MempoolEntry = {
  readonly txid: Txid;
  /** Satoshis that it pays itself. */
  readonly fee: number;
  readonly weight: number;
  /**
   * Weight by which the node counts fee rates where it is more than `weight`: up to Core 30 four times the virtual size,
   * rounded up and with signature operations counted (`GetVirtualTransactionSize` of `policy/policy.h`). Miners order by
   * that, and rounding decides among the many that pay nearly the same.
   */
  readonly rateWeight?: number;
  /** Transactions whose outputs it spends; those that are not in the mempool (yet) do no harm. */
  readonly parents: readonly Txid[];
  /** Transactions that spend its outputs: they may have come before it, after a block was disconnected. */
  readonly children?: readonly Txid[];
  /** sat/vB of its chunk as the node says (Core 31 and later). */
  readonly chunkRate?: number;
};

/** BIP 141's limit. */
const MOST_WEIGHT = 4_000_000;
/** What Core keeps of it for header and coinbase (`-blockreservedweight`, 28.x the same in two halves). */
const RESERVED_WEIGHT = 8_000;

const HEADROOM = 1.1;

const NONE: readonly number[] = [];

/**
 * What waits to be mined: numbers in columns, who spends whom, and which transactions changed since packages were last
 * computed. The order in which transactions come does not matter.
 */
export class Mempool {
  /** Weight units that a miner fills. */
  readonly blockWeight: number;
  /** That of a full block, with what miners keep for header and coinbase. */
  readonly fullWeight: number;
  readonly table = new TxidTable();
  columns: MempoolColumns = createColumns(this.table.capacity);
  /** A snapshot was taken, so that there is something to compare with. */
  observed = false;
  /** Chunks are those of the node. */
  reportsChunks = false;
  weight = 0;
  totalFee = 0;
  readonly #parents: (number[] | undefined)[] = [];
  readonly #children: (number[] | undefined)[] = [];
  /** Parents that are not here, and who waits for each. */
  readonly #awaited = new Map<Txid, number[]>();
  readonly #awaits = new Map<number, Txid[]>();
  #listing = 0;

  constructor(blockWeight: number = MOST_WEIGHT - RESERVED_WEIGHT) {
    this.blockWeight = blockWeight;
    this.fullWeight = Math.min(MOST_WEIGHT, blockWeight + RESERVED_WEIGHT);
  }

  get size(): number {
    return this.table.size;
  }

  has(txid: Txid): boolean {
    return this.table.find(txid) !== undefined;
  }

  /** Adds a transaction; one that is here already gets the new numbers and keeps its links. */
  add(entry: MempoolEntry): void {
    const isNew = !this.has(entry.txid);
    const slot = this.table.insert(entry.txid);
    this.#widen();
    if (isNew) this.#begin(slot);
    else this.#uncount(slot);
    const { columns } = this;
    columns.fee[slot] = entry.fee;
    columns.weight[slot] = entry.weight;
    columns.rateWeight[slot] = Math.max(entry.weight, entry.rateWeight ?? 0);
    columns.reportedRate[slot] = entry.chunkRate ?? 0;
    this.reportsChunks = entry.chunkRate !== undefined;
    this.weight += entry.weight;
    this.totalFee += entry.fee;
    this.#link(slot, entry);
    this.columns.changed[slot] = 1;
  }

  /** Whether it was here. */
  remove(txid: Txid): boolean {
    const slot = this.table.find(txid);
    if (slot !== undefined) this.#removeSlot(slot);
    return slot !== undefined;
  }

  parentsOf(slot: number): readonly number[] {
    return this.#parents[slot] ?? NONE;
  }

  childrenOf(slot: number): readonly number[] {
    return this.#children[slot] ?? NONE;
  }

  /** Removes what is not in the list and returns what of the list is not here. */
  keepOnly(txids: readonly Txid[]): Txid[] {
    this.#listing += 1;
    const { listing } = this.columns;
    const missing: Txid[] = [];
    for (const txid of txids) {
      const slot = this.table.find(txid);
      if (slot === undefined) missing.push(txid);
      else listing[slot] = this.#listing;
    }
    const gone: number[] = [];
    this.table.forEach((slot) => {
      if (listing[slot] !== this.#listing) gone.push(slot);
    });
    for (const slot of gone) this.#removeSlot(slot);
    // They will come in parts: growing as they do would leave behind as much again. And more will come later.
    this.table.reserve(Math.ceil((this.size + missing.length) * HEADROOM));
    this.#widen();
    return missing;
  }

  #widen(): void {
    const { capacity } = this.table;
    if (capacity > this.columns.fee.length) this.columns = grownColumns(this.columns, capacity);
  }

  #begin(slot: number): void {
    this.columns.fresh[slot] = 1;
    this.columns.listing[slot] = this.#listing;
    this.#parents[slot] = undefined;
    this.#children[slot] = undefined;
  }

  #uncount(slot: number): void {
    this.weight -= this.columns.weight[slot] ?? 0;
    this.totalFee -= this.columns.fee[slot] ?? 0;
  }

  #removeSlot(slot: number): void {
    this.#uncount(slot);
    for (const parent of this.parentsOf(slot)) this.#unlink(this.#children, parent, slot);
    for (const child of this.childrenOf(slot)) this.#unlink(this.#parents, child, slot);
    this.#parents[slot] = undefined;
    this.#children[slot] = undefined;
    this.#stopWaiting(slot);
    this.table.remove(slot);
  }

  #unlink(links: (number[] | undefined)[], slot: number, gone: number): void {
    const rest = links[slot]?.filter((linked) => linked !== gone) ?? [];
    links[slot] = rest.length === 0 ? undefined : rest;
    this.columns.changed[slot] = 1;
  }

  #link(slot: number, { txid, parents, children = [] }: MempoolEntry): void {
    for (const parent of parents) {
      const found = this.table.find(parent);
      if (found === undefined) this.#await(slot, parent);
      else this.#connect(found, slot);
    }
    for (const child of children) {
      const found = this.table.find(child);
      if (found !== undefined) this.#connect(slot, found);
    }
    for (const child of this.#awaited.get(txid) ?? []) this.#connect(slot, child);
    this.#awaited.delete(txid);
  }

  #connect(parent: number, child: number): void {
    if (parent === child || this.parentsOf(child).includes(parent)) return;
    // Copied to their size: an array that grows by itself reserves room for 17, and there are two for each pair.
    this.#parents[child] = [...this.parentsOf(child), parent];
    this.#children[parent] = [...this.childrenOf(parent), child];
    this.columns.changed[parent] = 1;
    this.columns.changed[child] = 1;
  }

  #await(slot: number, parent: Txid): void {
    const waiting = this.#awaits.get(slot) ?? [];
    if (waiting.includes(parent)) return;
    this.#awaits.set(slot, [...waiting, parent]);
    this.#awaited.set(parent, [...(this.#awaited.get(parent) ?? []), slot]);
  }

  #stopWaiting(slot: number): void {
    for (const parent of this.#awaits.get(slot) ?? []) {
      const rest = (this.#awaited.get(parent) ?? []).filter((waiting) => waiting !== slot);
      if (rest.length === 0) this.#awaited.delete(parent);
      else this.#awaited.set(parent, rest);
    }
    this.#awaits.delete(slot);
  }
}
