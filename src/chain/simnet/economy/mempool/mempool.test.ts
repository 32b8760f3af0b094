import { describe, expect, test } from "vitest";
import { advance, createWorld, DENSITIES, type World } from "../index.ts";
import type { Coin } from "../people/wallet.ts";
import { withdrawFrom } from "./mempool.ts";

function worldAt(height: number): World {
  const world = createWorld(42, DENSITIES.demo);
  while (world.tip.height < height || world.mempool.waiting.length < 60) advance(world);
  return world;
}

const sum = (coins: readonly Coin[]) => coins.reduce((total, { value }) => total + value, 0);

function issuedIn({ people }: World): number {
  return people.wallets.reduce((total, { confirmed }) => total + confirmed, 0);
}

/** What has to be true between any two steps. */
function audit({ mempool, people }: World): void {
  const spent = new Set<Coin>();
  const free = new Set<Coin>(people.wallets.flatMap(({ coins, change }) => [...coins, ...change]));
  for (const [position, tx] of mempool.waiting.entries()) {
    expect(tx.position).toBe(position);
    for (const coin of tx.inputs) {
      expect(spent.has(coin) || free.has(coin)).toBe(false);
      expect(coin.taken).toBe(true);
      spent.add(coin);
      if (coin.parent !== undefined) expect(tx.parents).toContain(coin.parent);
      else expect(coin.height).toBeGreaterThanOrEqual(0);
    }
    for (const parent of tx.parents) expect(parent.children.includes(tx) && parent.position >= 0).toBe(true);
    for (const child of tx.children) expect(child.parents.includes(tx) && child.position >= 0).toBe(true);
    expect(tx.depth).toBeLessThanOrEqual(25);
  }
  expect(mempool.weight).toBe(mempool.waiting.reduce((total, { weight }) => total + weight, 0));
  for (const { coins, change, balance } of people.wallets) {
    expect(coins.every(({ parent, taken, height }) => parent === undefined && !taken && height >= 0)).toBe(true);
    expect(change.every(({ parent, taken }) => parent !== undefined && !taken)).toBe(true);
    expect(new Set([...coins, ...change]).size).toBe(coins.length + change.length);
    expect(balance).toBe(sum(coins));
  }
}

describe("the mempool", { timeout: 60_000 }, () => {
  test("and the wallets agree about every coin, step by step", () => {
    const world = worldAt(0);
    let audits = 0;
    while (world.tip.height < 350) {
      advance(world);
      if (world.random.below(20) > 0) continue;
      audit(world);
      audits += 1;
    }
    audit(world);
    expect(audits).toBeGreaterThan(100);
  });

  test("gives all coins back when all is withdrawn", () => {
    const world = worldAt(250);
    const { mempool, people } = world;
    while (mempool.waiting.length > 0) {
      withdrawFrom(mempool, world.random.pick(mempool.waiting), people.wallets);
      audit(world);
    }
    expect(mempool.weight).toBe(0);
    expect(people.wallets.reduce((total, { balance }) => total + balance, 0)).toBe(issuedIn(world));
    expect(people.wallets.flatMap(({ change }) => change)).toEqual([]);
  });
});
