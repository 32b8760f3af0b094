import { Block, crypto, script as scripts, type Transaction } from "bitcoinjs-lib";
import { describe, expect, test } from "vitest";
import { NETWORKS, subsidyAt } from "#bitcoin";
import type { ChainBlock } from "../../chain-source.ts";
import { createEconomy, makeBlock } from "./economy.ts";

const BLOCKS = 520;
const MATURITY = 100;
const OP_RETURN = 0x6a;

type Output = { value: bigint; script: Uint8Array; height: number; coinbase: boolean };

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** A set of unspent outputs that knows nothing of the simulation: bytes parsed by bitcoinjs-lib, rules by hand. */
class Ledger {
  readonly unspent = new Map<string, Output>();
  readonly txids = new Set<string>();
  prevHash = "00".repeat(32);

  apply({ bytes, spent, height, hash }: ChainBlock): void {
    const block = Block.fromBuffer(Buffer.from(bytes));
    expect(block.getId()).toBe(hash);
    expect(hex(block.prevHash?.toReversed() ?? new Uint8Array())).toBe(this.prevHash);
    expect(block.checkProofOfWork()).toBe(true);
    expect(block.bits).toBe(0x207f_ffff);
    expect(block.checkTxRoots()).toBe(true);
    const [coinbase, ...transactions] = block.transactions ?? [];
    const coins = transactions.map((tx) => this.spend(tx, height));
    const created = transactions.map((tx) => sum(tx.outs));
    const fees = coins.map((of, index) => sum(of) - (created[index] ?? 0n));
    expect(fees.every((fee) => fee > 0n)).toBe(true);
    if (coinbase === undefined) throw new Error("a block has a coinbase");
    expect(coinbase.isCoinbase()).toBe(true);
    expect(heightIn(coinbase)).toBe(height);
    expect(sum(coinbase.outs)).toBe(
      BigInt(subsidyAt(height, NETWORKS.simnet)) + fees.reduce((total, fee) => total + fee, 0n),
    );
    this.create(coinbase, height);
    expect(hex(spent?.bytes ?? new Uint8Array())).toBe(hex(spentBytes(coins)));
    expect([...(spent?.coinHeights ?? [])]).toEqual(coins.flat().map((coin) => coin.height));
    this.prevHash = hash;
  }

  /** Takes what the transaction spends and adds what it creates. */
  spend(tx: Transaction, height: number): Output[] {
    expect(tx.locktime).toBeLessThan(height);
    const coins = tx.ins.map((input) => {
      const outpoint = `${hex(input.hash.toReversed())}:${input.index}`;
      const coin = this.unspent.get(outpoint);
      if (coin === undefined) throw new Error(`block ${height} spends ${outpoint}, which is not there`);
      this.unspent.delete(outpoint);
      if (coin.coinbase && coin.height > 0) expect(height - coin.height).toBeGreaterThanOrEqual(MATURITY);
      checkKey(coin.script, input);
      return coin;
    });
    this.create(tx, height);
    return coins;
  }

  create(tx: Transaction, height: number): void {
    const txid = tx.getId();
    expect(this.txids.has(txid)).toBe(false);
    this.txids.add(txid);
    tx.outs.forEach(({ value, script }, index) => {
      if (script[0] === OP_RETURN) return;
      this.unspent.set(`${txid}:${index}`, { value, script, height, coinbase: tx.isCoinbase() });
    });
  }
}

function sum(outputs: readonly { value: bigint }[]): bigint {
  return outputs.reduce((total, { value }) => total + value, 0n);
}

function heightIn(coinbase: Transaction): number | undefined {
  const [first] = scripts.decompile(coinbase.ins[0]?.script ?? new Uint8Array()) ?? [];
  if (typeof first === "number") return first === 0 ? 0 : first - 0x50;
  return first === undefined ? undefined : scripts.number.decode(first);
}

/** What is spent from a key's hash shows a key with that hash. */
function checkKey(script: Uint8Array, input: { script: Uint8Array; witness: Uint8Array[] }): void {
  const lastPush = scripts.decompile(input.script)?.at(-1);
  const shown = lastPush instanceof Uint8Array ? lastPush : new Uint8Array();
  const key = input.witness.at(-1) ?? new Uint8Array();
  if (script.length === 25) expect(hex(crypto.hash160(shown))).toBe(hex(script.subarray(3, 23)));
  if (script.length === 22) expect(hex(crypto.hash160(key))).toBe(hex(script.subarray(2)));
  if (script.length === 23) {
    expect(hex(crypto.hash160(shown))).toBe(hex(script.subarray(2, 22)));
    expect(hex(crypto.hash160(key))).toBe(hex(shown.subarray(2)));
  }
  if (script.length === 34) expect(input.witness.map(({ length }) => length)).toEqual([64]);
}

/** `spenttxouts` as Core writes it; no count here is above 252. */
function spentBytes(coins: readonly (readonly Output[])[]): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(coins.length + 1, 0)];
  for (const of of coins) {
    parts.push(Uint8Array.of(of.length));
    for (const { value, script } of of) {
      const amount = Buffer.alloc(8);
      amount.writeBigInt64LE(value);
      parts.push(amount, Uint8Array.of(script.length), script);
    }
  }
  return Buffer.concat(parts);
}

describe(`the first ${BLOCKS} blocks`, () => {
  test("hold by Bitcoin's rules: nothing from nowhere, nothing twice, fees claimed exactly, maturity, roots", () => {
    const ledger = new Ledger();
    const economy = createEconomy(42);
    for (let height = 0; height < BLOCKS; height += 1) ledger.apply(makeBlock(economy));
    const supply = Array.from({ length: BLOCKS }, (_, height) => BigInt(subsidyAt(height, NETWORKS.simnet)));
    expect(sum([...ledger.unspent.values()])).toBe(supply.reduce((total, subsidy) => total + subsidy, 0n));
    const held = economy.people.wallets.reduce((total, wallet) => total + wallet.coins.length, 0);
    expect(ledger.unspent.size).toBe(held);
  }, 60_000);

  test("a ledger notices a coin that is spent twice", () => {
    const ledger = new Ledger();
    const economy = createEconomy(42);
    ledger.apply(makeBlock(economy));
    const next = makeBlock(economy);
    ledger.apply(next);
    const [, tx] = Block.fromBuffer(Buffer.from(next.bytes)).transactions ?? [];
    expect(() => tx !== undefined && ledger.spend(tx, 2)).toThrow("which is not there");
  });
});
