import { COIN } from "#bitcoin";
import { matureCoins } from "../people/maturity.ts";
import type { Wallet } from "../people/wallet.ts";
import { mostInOne, positionOfOldest } from "../transactions/funding.ts";
import { totalOf } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import { KINDS, type StagedKind } from "./kinds.ts";

/** Whoever pays for a transfer has so many times its value: it is never all that they have. */
export const LEAST_HELD = 1.5;

/** More than any transaction pays. */
const MOST_FEE = COIN;

/** Wallets out of which a campaign of this kind may pay when it happens to this entity. */
export function payersOf({ people }: World, kind: StagedKind, entity: string | undefined): readonly Wallet[] {
  const named = (wallets: readonly Wallet[]) => wallets.filter(({ id }) => people.owners[id]?.name === entity);
  const exchanges = people.exchanges.flatMap(({ hot, cold }) => [hot, cold]);
  switch (kind) {
    case "inflow-spike":
      return people.whales;
    case "outflow-spike":
    case "outflow-streak":
    case "in-house-shuffle":
      return named(exchanges);
    case "whale-accumulation":
      return exchanges;
    case "whale-distribution":
      return named(people.whales);
    case "very-large-transfer":
      return people.whales.filter(({ id }) => people.owners[id]?.name !== entity);
    case "dormant-coins":
      return [people.sleepers];
    case "treasury-sale":
      return named(people.pools);
    default:
      return [];
  }
}

/** Satoshis that a campaign of this kind could move now; `undefined` where the kind moves none. */
export function mostMovable(world: World, kind: StagedKind, entity: string | undefined): number | undefined {
  const { form, transfers } = KINDS[kind];
  if (form !== "campaign") return undefined;
  // Small ones, and it may be drawn that all move at once.
  if (kind === "dormant-coins") return mostInOne(world.people.sleepers.coins, positionOfOldest) - MOST_FEE;
  const held = payersOf(world, kind, entity).map((wallet) => spendableOf(world, wallet));
  if (kind === "in-house-shuffle") return Math.max(...held);
  const isOne = transfers?.[1] === 1;
  return isOne ? Math.floor(Math.max(...held) / LEAST_HELD) : held.reduce((sum, value) => sum + value, 0);
}

/** No coinbase before its time. */
export function spendableOf({ tip, people }: World, wallet: Wallet): number {
  return people.pools.includes(wallet) ? totalOf(matureCoins(wallet, tip.height)) : wallet.balance;
}
