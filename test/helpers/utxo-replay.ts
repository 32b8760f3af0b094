import assert from "node:assert/strict";
import { Block, crypto, script as scripts, type Transaction } from "bitcoinjs-lib";
import type { BlockRef, ChainBlock } from "#chain";
import { type Network, subsidyAt } from "#bitcoin";
import { expectedBits } from "./core-difficulty.ts";

export type ReplayedOutput = {
  readonly value: bigint;
  readonly script: Uint8Array;
  readonly height: number;
  readonly coinbase: boolean;
};

export type ReplayedTransaction = {
  readonly txid: string;
  /** What its inputs spend; none of the coinbase. */
  readonly spends: readonly ReplayedOutput[];
  readonly creates: readonly ReplayedOutput[];
};

type Header = { readonly hash: string; readonly time: number; readonly bits: number };
type Undo = { readonly spent: [string, ReplayedOutput][]; readonly created: string[]; readonly txids: string[] };

const MATURITY = 100;
const OP_RETURN = 0x6a;
/** A reorg is never deeper here. */
const KEPT_UNDOS = 10;

/**
 * A chain state that knows nothing of who made the blocks: bytes parsed by bitcoinjs-lib, rules by hand. Goes forward
 * and back; throws where a block breaks a rule.
 */
export class UtxoReplay {
  readonly unspent = new Map<string, ReplayedOutput>();
  /** By height. */
  readonly headers: Header[] = [];
  /** Coins that were spent in the block that made them. */
  spentInBlock = 0;
  readonly #network: Network;
  readonly #txids = new Set<string>();
  readonly #undos: Undo[] = [];

  constructor(network: Network) {
    this.#network = network;
  }

  connect({ bytes, spent, height, hash }: ChainBlock): ReplayedTransaction[] {
    const block = Block.fromBuffer(Buffer.from(bytes));
    this.#checkHeader(block, { height, hash });
    const [coinbase, ...rest] = block.transactions ?? [];
    if (!coinbase?.isCoinbase()) throw new assert.AssertionError({ message: `block ${height} begins with a coinbase` });
    assert.equal(heightIn(coinbase), height, "the height in the coinbase");
    const undo: Undo = { spent: [], created: [], txids: [] };
    const replayed = rest.map((tx) => this.#apply(tx, height, undo));
    const fees = replayed.map(({ spends, creates }) => totalOf(spends) - totalOf(creates));
    assert.ok(
      fees.every((fee) => fee > 0n),
      `every transaction of block ${height} pays a fee`,
    );
    const reward = BigInt(subsidyAt(height, this.#network)) + fees.reduce((sum, fee) => sum + fee, 0n);
    assert.equal(totalOf(coinbase.outs), reward, `block ${height} claims its subsidy and fees, no more and no less`);
    const txid = coinbase.getId();
    const first = { txid, spends: [], creates: this.#create(coinbase, { txid, height, undo }) };
    checkSpent(spent, replayed);
    this.headers.push({ hash, time: block.timestamp, bits: block.bits });
    this.#undos.push(undo);
    if (this.#undos.length > KEPT_UNDOS) this.#undos.shift();
    return [first, ...replayed];
  }

  disconnect({ height, hash }: BlockRef): void {
    assert.equal(height, this.headers.length - 1, "what is disconnected is the tip");
    assert.equal(hash, this.headers.pop()?.hash);
    const undo = this.#undos.pop();
    assert.ok(undo, "a reorg is not deeper than what is kept");
    for (const outpoint of undo.created) this.unspent.delete(outpoint);
    for (const [outpoint, output] of undo.spent) if (output.height < height) this.unspent.set(outpoint, output);
    for (const txid of undo.txids) this.#txids.delete(txid);
  }

  #checkHeader(block: Block, { height, hash }: BlockRef): void {
    assert.equal(height, this.headers.length, "heights rise by one");
    assert.equal(block.getId(), hash);
    const parent = Buffer.from(block.prevHash ?? []).toReversed();
    assert.equal(Buffer.from(parent).toString("hex"), this.headers.at(-1)?.hash ?? "00".repeat(32));
    assert.ok(block.checkProofOfWork(), `block ${height} has the proof of work that its bits ask for`);
    if (height > 0) assert.equal(block.bits, expectedBits(this.headers, this.#network), `bits of block ${height}`);
    assert.ok(block.checkTxRoots(), `block ${height} has the right merkle root and witness commitment`);
    const times = this.headers.slice(-11).map(({ time }) => time);
    const median = times.toSorted((left, right) => left - right)[times.length >> 1] ?? 0;
    assert.ok(block.timestamp > median, `time of block ${height} is above the median of the eleven before`);
  }

  #apply(tx: Transaction, height: number, undo: Undo): ReplayedTransaction {
    assert.ok(tx.locktime < height, "the lock time has passed");
    const spends = tx.ins.map((input) => {
      const outpoint = `${hex(input.hash.toReversed())}:${input.index}`;
      const coin = this.unspent.get(outpoint);
      assert.ok(coin, `block ${height} spends ${outpoint}, which is not there`);
      this.unspent.delete(outpoint);
      undo.spent.push([outpoint, coin]);
      if (coin.height === height) this.spentInBlock += 1;
      // Block 0 is where the simulation's money comes from; it may be spent at once.
      if (coin.coinbase && coin.height > 0) assert.ok(height - coin.height >= MATURITY, `${outpoint} is not mature`);
      checkKey(coin.script, input);
      return coin;
    });
    const txid = tx.getId();
    return { txid, spends, creates: this.#create(tx, { txid, height, undo }) };
  }

  #create(tx: Transaction, { txid, height, undo }: { txid: string; height: number; undo: Undo }): ReplayedOutput[] {
    assert.ok(!this.#txids.has(txid), `${txid} is there already`);
    this.#txids.add(txid);
    undo.txids.push(txid);
    return tx.outs.map(({ value, script }, index) => {
      const output = { value, script, height, coinbase: tx.isCoinbase() };
      if (script[0] === OP_RETURN) return output;
      this.unspent.set(`${txid}:${index}`, output);
      undo.created.push(`${txid}:${index}`);
      return output;
    });
  }
}

export function totalOf(outputs: readonly { readonly value: bigint }[]): bigint {
  return outputs.reduce((total, { value }) => total + value, 0n);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

function heightIn(coinbase: Transaction): number | undefined {
  const [first] = scripts.decompile(coinbase.ins[0]?.script ?? new Uint8Array()) ?? [];
  if (typeof first === "number") return first === 0 ? 0 : first - 0x50;
  return first === undefined ? undefined : scripts.number.decode(first);
}

type Input = { readonly script: Uint8Array; readonly witness: readonly Uint8Array[] };

/** What is spent from a hash shows what has that hash. */
function checkKey(script: Uint8Array, { script: unlocking, witness }: Input): void {
  const shown = witness.at(-1) ?? new Uint8Array();
  if (script.length === 25 || script.length === 23) {
    const pushed = scripts.decompile(unlocking)?.at(-1);
    assert.ok(pushed instanceof Uint8Array);
    const hash = script.length === 25 ? script.subarray(3, 23) : script.subarray(2, 22);
    assert.equal(hex(crypto.hash160(pushed)), hex(hash));
    if (script.length === 23) assert.equal(hex(crypto.hash160(shown)), hex(pushed.subarray(2)));
  } else if (script.length === 22) {
    assert.equal(hex(crypto.hash160(shown)), hex(script.subarray(2)));
  } else if (script[0] === 0) {
    assert.equal(hex(crypto.sha256(shown)), hex(script.subarray(2)));
  } else {
    assert.equal(hex(script.subarray(0, 2)), "5120", `no form that the simulation pays to: ${hex(script)}`);
    assert.equal(witness[0]?.length, 64);
    if (witness.length > 1) assert.equal(hex(shown.subarray(1)), hex(script.subarray(2)), "the control block's key");
  }
}

/** The spent outputs that come with a block are those that it spends, and their heights. */
function checkSpent(spent: ChainBlock["spent"], transactions: readonly ReplayedTransaction[]): void {
  assert.ok(spent);
  const coins = transactions.flatMap(({ spends }) => spends);
  assert.deepEqual(
    [...(spent.coinHeights ?? [])],
    coins.map(({ height }) => height),
  );
  assert.equal(hex(spent.bytes), hex(spentBytes(transactions)));
}

/** `spenttxouts` as Core writes it. */
function spentBytes(transactions: readonly ReplayedTransaction[]): Uint8Array {
  const parts: Uint8Array[] = [compactSize(transactions.length + 1), Uint8Array.of(0)];
  for (const { spends } of transactions) {
    parts.push(compactSize(spends.length));
    for (const { value, script } of spends) {
      const amount = Buffer.alloc(8);
      amount.writeBigInt64LE(value);
      parts.push(amount, compactSize(script.length), script);
    }
  }
  return Buffer.concat(parts);
}

function compactSize(value: number): Uint8Array {
  return value < 0xfd ? Uint8Array.of(value) : Uint8Array.of(0xfd, value & 0xff, value >>> 8);
}
