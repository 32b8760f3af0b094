import { btc } from "./amount.ts";

export type MempoolTransaction = {
  readonly txid: string;
  readonly wtxid?: string;
  readonly weight: number;
  /** Satoshis. */
  readonly fee: number;
  /** Unix seconds. */
  readonly time: number;
  /** Of the chain when it came. */
  readonly height: number;
  /** Ids of the transactions in the mempool whose outputs it spends. */
  readonly depends?: readonly string[];
  /** The chunk that it would be mined in; where it has no kin, itself. Asked for since Core 31. */
  readonly chunk?: { readonly weight: number; readonly fee: number };
  readonly unbroadcast?: boolean;
  /** Says that it may be replaced (BIP125); true by default. */
  readonly replaceable?: boolean;
};

/** Told of what comes and what goes for another reason than a block, with the mempool's own sequence number. */
export type MempoolListener = (label: "A" | "R", txid: string, sequence: number) => void;

/** What waits in the node, and its answers about it. */
export class MempoolState {
  readonly #transactions = new Map<string, MempoolTransaction>();
  /** What blocks took from here. */
  readonly #mined = new Map<string, readonly MempoolTransaction[]>();
  readonly #children = new Map<string, Set<string>>();
  readonly #version: number;
  readonly #onChange: MempoolListener;
  /** The number that the next change will have. */
  #sequence = 1;
  /** Satoshis per 1000 vB below which nothing is taken. */
  minFee = 100;

  constructor(version: number, onChange: MempoolListener) {
    this.#version = version;
    this.#onChange = onChange;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** Nothing waits and nothing was taken from here, so that blocks change nothing. */
  get isUnused(): boolean {
    return this.#transactions.size === 0 && this.#mined.size === 0;
  }

  txids(): string[] {
    return [...this.#transactions.keys()];
  }

  add(transaction: MempoolTransaction): void {
    const { txid } = transaction;
    if (this.#transactions.has(txid)) throw new Error(`${txid} is in the mempool already`);
    this.#transactions.set(txid, transaction);
    for (const parent of transaction.depends ?? []) {
      const children = this.#children.get(parent) ?? new Set();
      this.#children.set(parent, children.add(txid));
    }
    this.#onChange("A", txid, this.#sequence++);
  }

  /** For another reason than a block: replaced, expired, evicted. */
  remove(txid: string): void {
    if (this.#forget(txid)) this.#onChange("R", txid, this.#sequence++);
  }

  /** Makes the mempool hold exactly these: what is gone is removed, what is new added. */
  set(transactions: readonly MempoolTransaction[]): void {
    const wanted = new Set(transactions.map(({ txid }) => txid));
    for (const txid of this.txids()) if (!wanted.has(txid)) this.remove(txid);
    for (const transaction of transactions) if (!this.#transactions.has(transaction.txid)) this.add(transaction);
  }

  /** A block holds these: a node tells of the block alone. */
  mine(block: string, txids: readonly string[]): void {
    const mined = txids.flatMap((txid) => this.#transactions.get(txid) ?? []);
    for (const { txid } of mined) this.#forget(txid);
    if (mined.length > 0) this.#mined.set(block, mined);
  }

  /** A block was disconnected: what it took from here comes back, unless another block holds it by now. */
  restore(block: string, minedElsewhere: ReadonlySet<string>): void {
    const mined = this.#mined.get(block) ?? [];
    this.#mined.delete(block);
    for (const transaction of mined) if (!minedElsewhere.has(transaction.txid)) this.add(transaction);
  }

  #forget(txid: string): boolean {
    const transaction = this.#transactions.get(txid);
    for (const parent of transaction?.depends ?? []) this.#children.get(parent)?.delete(txid);
    return this.#transactions.delete(txid);
  }

  infoJson(): Record<string, unknown> {
    const all = [...this.#transactions.values()];
    return {
      loaded: true,
      size: all.length,
      bytes: all.reduce((sum, { weight }) => sum + vsizeOf(weight), 0),
      // How much memory a node takes differs with its build; about this much.
      usage: 48 + all.length * 1_200,
      total_fee: btc(all.reduce((sum, { fee }) => sum + fee, 0)),
      maxmempool: 300_000_000,
      mempoolminfee: btc(this.minFee),
      minrelaytxfee: btc(100),
      incrementalrelayfee: btc(1_000),
      unbroadcastcount: all.filter(({ unbroadcast }) => unbroadcast === true).length,
      fullrbf: true,
    };
  }

  /** `getrawmempool true` */
  entriesJson(): Record<string, unknown> {
    return Object.fromEntries(this.txids().map((txid) => [txid, this.entryJson(txid)]));
  }

  /** `getmempoolentry`; `undefined` where it is not in the mempool. */
  entryJson(txid: string): Record<string, unknown> | undefined {
    const transaction = this.#transactions.get(txid);
    if (transaction === undefined) return undefined;
    const { weight, fee, time, height, wtxid = txid, unbroadcast = false, replaceable = true } = transaction;
    const depends = this.#parentsOf(txid);
    const ancestors = this.#sumOf(txid, (id) => this.#parentsOf(id));
    const descendants = this.#sumOf(txid, (id) => this.#childrenOf(id));
    const chunk =
      this.#version >= 31 ? this.#chunkOf(transaction, ancestors.count + descendants.count === 2) : undefined;
    return {
      vsize: vsizeOf(weight),
      weight,
      time,
      height,
      descendantcount: descendants.count,
      descendantsize: descendants.vsize,
      ancestorcount: ancestors.count,
      ancestorsize: ancestors.vsize,
      ...(chunk === undefined ? {} : { chunkweight: chunk.weight }),
      wtxid,
      fees: {
        base: btc(fee),
        modified: btc(fee),
        ancestor: btc(ancestors.fee),
        descendant: btc(descendants.fee),
        ...(chunk === undefined ? {} : { chunk: btc(chunk.fee) }),
      },
      depends,
      spentby: this.#childrenOf(txid),
      "bip125-replaceable": replaceable,
      unbroadcast,
    };
  }

  #parentsOf(txid: string): string[] {
    const depends = this.#transactions.get(txid)?.depends ?? [];
    return depends.filter((parent) => this.#transactions.has(parent));
  }

  #childrenOf(txid: string): string[] {
    return [...(this.#children.get(txid) ?? [])];
  }

  #sumOf(txid: string, next: (txid: string) => readonly string[]): { count: number; vsize: number; fee: number } {
    const seen = new Set([txid]);
    for (const id of seen) for (const other of next(id)) seen.add(other);
    const all = [...seen].flatMap((id) => this.#transactions.get(id) ?? []);
    const vsize = all.reduce((sum, { weight }) => sum + vsizeOf(weight), 0);
    return { count: all.length, vsize, fee: all.reduce((sum, { fee }) => sum + fee, 0) };
  }

  #chunkOf(transaction: MempoolTransaction, alone: boolean): { readonly weight: number; readonly fee: number } {
    if (transaction.chunk !== undefined) return transaction.chunk;
    if (!alone) throw new Error(`${transaction.txid} has kin in the mempool: give its chunk`);
    return { weight: transaction.weight, fee: transaction.fee };
  }
}

function vsizeOf(weight: number): number {
  return Math.ceil(weight / 4);
}
