import { expect, test } from "vitest";
import { advance, createWorld, DENSITIES } from "../index.ts";
import { feeRateOf } from "../mempool/mempool.ts";
import type { Coin, WaitingTransaction } from "../mempool/waiting-transaction.ts";

/** Of each coin that is spent the transaction that waits to do it. */
function spendersOf(waiting: readonly WaitingTransaction[]): Map<Coin, WaitingTransaction> {
  return new Map(waiting.flatMap((tx) => tx.inputs.map((coin): [Coin, WaitingTransaction] => [coin, tx])));
}

/** To whom the outputs go, and how much but for the change. */
function paymentsOf({ payments, outputs, changeIndex }: WaitingTransaction) {
  return payments.map(({ value, script }, index) => {
    return { value: index === changeIndex ? null : value, script, walletId: outputs[index]?.walletId };
  });
}

test("a replacement spends the same coins, pays the same and takes its higher fee from the change alone", () => {
  const world = createWorld(42, DENSITIES.demo);
  let replaced = 0;
  let before = new Map<Coin, WaitingTransaction>();
  while (replaced < 12) {
    expect(world.tip.height).toBeLessThan(400);
    const mined = advance(world).length > 0;
    const after = spendersOf(world.mempool.waiting);
    for (const tx of mined ? [] : world.mempool.waiting) {
      // A coin may be free for a while and be spent by something else, but hardly within a minute.
      const old = before.get(tx.inputs[0] ?? failing());
      if (old === undefined || old === tx) continue;
      replaced += 1;
      expect(old.replaceable).toBe(true);
      expect(old.position).toBe(-1);
      expect(tx.inputs).toEqual(old.inputs);
      expect(paymentsOf(tx)).toEqual(paymentsOf(old));
      const added = tx.fee - old.fee;
      expect(added).toBeGreaterThan(0);
      expect(feeRateOf(tx)).toBeGreaterThan(feeRateOf(old));
      expect(old.payments[old.changeIndex]?.value).toBe((tx.payments[tx.changeIndex]?.value ?? 0) + added);
      expect(Buffer.from(tx.txid).equals(old.txid)).toBe(false);
    }
    before = after;
  }
});

function failing(): never {
  throw new Error("a transaction without inputs");
}
