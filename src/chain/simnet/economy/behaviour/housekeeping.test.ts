import { expect, test } from "vitest";
import { COIN } from "#bitcoin";
import { Random } from "../chance/random.ts";
import { advance, createWorld, DENSITIES } from "../index.ts";
import { keepHouse } from "./housekeeping.ts";

/** Whatever is drawn is the most that can be. */
class Highest extends Random {
  override unit(): number {
    return 0.9999;
  }
}

test("a rich pool sells no more than its miners leave, however much they get by chance", () => {
  const world = createWorld(42, DENSITIES.demo, { scheduled: false });
  while (world.tip.height < 60) advance(world);
  for (const pool of world.people.pools) pool.balance += 1_000 * COIN;
  world.random = new Highest("highest");
  // As if all that was mined so far were mature.
  world.tip.height += 100;
  const waiting = new Set(world.mempool.waiting);
  keepHouse(world);
  const pools = new Set(world.people.pools.map(({ id }) => id));
  const payouts = world.mempool.waiting.filter((tx) => !waiting.has(tx) && pools.has(tx.inputs[0]?.walletId ?? -1));
  expect(payouts.length).toBeGreaterThan(0);
  for (const { payments, inputs, fee } of payouts) {
    expect(fee).toBeGreaterThan(0);
    for (const { value } of payments) expect(value).toBeGreaterThanOrEqual(1_000);
    const paid = payments.reduce((sum, { value }) => sum + value, fee);
    expect(inputs.reduce((sum, { value }) => sum + value, 0)).toBe(paid);
  }
});
