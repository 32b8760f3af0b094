import { COIN } from "#bitcoin";
import { drawAcrossOctaves } from "../chance/octaves.ts";
import { hotScriptOf, keptScriptOf } from "../people/population.ts";
import type { Wallet } from "../people/wallet.ts";
import { fundLarge } from "../transactions/funding.ts";
import { trySend } from "../transactions/send.ts";
import { type Payment, payTo } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import type { Offer } from "./offer.ts";

/** What an exchange comes back to by each percent of customers, so that the whales' money does not gather over the years. */
const USUAL_RESERVE = 7_500 * COIN;

/** 100 to about 6,000 BTC. */
const AMOUNT = { least: 100 * COIN, octaves: 6 } as const;

/** From a whale to another or to an exchange, or from an exchange to a whale; never within one house. */
export function transferOfWhale(world: World, offer: Offer): boolean {
  const { people, random } = world;
  const amount = drawAcrossOctaves(random, AMOUNT.least, AMOUNT.octaves);
  const whale = random.pick(people.whales);
  const exchange = random.pick(people.exchanges);
  if (random.chance(0.45)) return transfer(world, offer, otherThan(world, whale), toWhale(world, whale, amount));
  const leaves = random.chance(
    exchange.hot.balance + exchange.cold.balance > USUAL_RESERVE * exchange.share ? 0.7 : 0.3,
  );
  if (leaves) return transfer(world, offer, exchange.hot, toWhale(world, whale, amount));
  return transfer(world, offer, whale, payTo(exchange.hot, hotScriptOf(exchange, random.below(3)), amount));
}

function toWhale({ random }: World, whale: Wallet, amount: number): Payment {
  return payTo(whale, keptScriptOf("whale", whale, random.below(8)), amount);
}

function otherThan({ people, random }: World, except: Wallet): Wallet {
  return random.pick(people.whales.filter((whale) => whale !== except));
}

function transfer(world: World, offer: Offer, from: Wallet, payment: Payment): boolean {
  if (from.balance < 2 * payment.value) return false;
  return trySend(world, fundLarge({ from, payment }, offer.feeRate), offer);
}
