import { freshScript, takeFirstCoins, type Wallet } from "../people/wallet.ts";
import { sweep } from "../transactions/funding.ts";
import { trySend } from "../transactions/send.ts";
import type { World } from "../world.ts";
import type { Offer } from "./offer.ts";
import { coinsToKeep, ORDINARY_LIMIT } from "./payments.ts";

const LOOK_AT = 12;
const MOST_COINS = 60;

/** A user with many coins makes one of them; the one with most of a few who come to mind. */
export function consolidate(world: World, offer: Offer): boolean {
  const { people, random } = world;
  const candidates = Array.from({ length: LOOK_AT }, () => random.pick(people.users));
  const user = candidates.reduce((most, other) => (other.coins.length > most.coins.length ? other : most));
  const spare = user.coins.length - Math.floor(coinsToKeep(user) / 2);
  const count = ordinaryCount(user, Math.min(MOST_COINS, spare));
  if (count < 5) return false;
  const coins = takeFirstCoins(user, count);
  const draft = sweep({ wallet: user, coins }, { wallet: user, script: freshScript(user) }, offer.feeRate);
  return trySend(world, draft, offer);
}

/** How many of the first coins stay below what would look like a large transfer. */
export function ordinaryCount(wallet: Wallet, most: number): number {
  let total = 0;
  for (let count = 0; count < most; count += 1) {
    total += wallet.coins[count]?.value ?? Infinity;
    if (total > ORDINARY_LIMIT) return count;
  }
  return Math.max(0, most);
}
