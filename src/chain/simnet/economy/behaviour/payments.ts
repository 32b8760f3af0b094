import { COIN } from "#bitcoin";
import { drawAround } from "../chance/octaves.ts";
import type { Random } from "../chance/random.ts";
import { keptScriptOf } from "../people/population.ts";
import type { SimScript } from "../people/sim-script.ts";
import { type Coin, freshScript, reusedScript, takeCoin, type Wallet } from "../people/wallet.ts";
import { fundPayments, sweep } from "../transactions/funding.ts";
import { trySend } from "../transactions/send.ts";
import { type Payment, payTo } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import type { Offer } from "./offer.ts";

/** Ordinary transactions move less than 100 BTC to scripts that they do not spend from. */
export const ORDINARY_LIMIT = 90 * COIN;

/** Median and spread of what people pay each other. */
const PAYMENT = { usual: COIN / 1_200, octaves: 3, least: 1_500 } as const;

/** How often somebody sends a coin as it is (to a wallet of their own, or the whole of what they have). */
const WHOLE_COINS = 0.4;

export function drawPayment(random: Random, usual: number = PAYMENT.usual): number {
  return Math.max(PAYMENT.least, Math.min(drawAround(random, usual, PAYMENT.octaves), ORDINARY_LIMIT / 3));
}

/** One user pays another. */
export function payUser(world: World, offer: Offer): boolean {
  const { people, random } = world;
  const sender = random.pick(people.users);
  const receiver = random.pick(people.users);
  if (sender === receiver) return false;
  if (random.chance(WHOLE_COINS)) return giveCoin(world, offer, sender, receiver);
  return spend(world, offer, sender, [payTo(receiver, receiveScriptOf(receiver, random), drawPayment(random))]);
}

/** Hands over a whole coin: nothing comes back. */
function giveCoin(world: World, offer: Offer, sender: Wallet, receiver: Wallet): boolean {
  const { random } = world;
  const coin = sender.coins[random.below(sender.coins.length)];
  if (coin === undefined || coin.value > ORDINARY_LIMIT / 3) return false;
  const coins = [takeCoin(sender, sender.coins.indexOf(coin))];
  const to = { wallet: receiver, script: receiveScriptOf(receiver, random) };
  const draft = sweep({ wallet: sender, coins }, to, offer.feeRate);
  return trySend(world, draft, offer);
}

export function payMerchant(world: World, offer: Offer): boolean {
  const { people, random } = world;
  const merchant = random.pick(people.merchants);
  const script = keptScriptOf("merchant", merchant, random.below(1_000));
  const payment = payTo(merchant, script, drawPayment(random, COIN / 2_000));
  return spend(world, offer, random.pick(people.users), [payment]);
}

/** Some give out one address over and over. */
function receiveScriptOf(user: Wallet, random: Random): SimScript {
  return random.chance(0.3) ? reusedScript(user, 0) : freshScript(user);
}

/** A user pays out of a few coins and gets the change back. */
export function spend(world: World, offer: Offer, wallet: Wallet, payments: readonly Payment[]): boolean {
  const { random } = world;
  const draft = fundPayments({
    wallet,
    payments,
    feeRate: offer.feeRate,
    pick: (coins) => largerOfTwo(coins, random),
    keepCoins: coinsToKeep(wallet),
    changeScript: (inputs) => changeScriptOf(wallet, inputs),
    chains: wallet.coins.length === 0 || random.chance(0.07),
  });
  return trySend(world, draft, offer);
}

function largerOfTwo(coins: readonly Coin[], random: Random): number {
  const [one, other] = [random.below(coins.length), random.below(coins.length)];
  return (coins[one]?.value ?? 0) < (coins[other]?.value ?? 0) ? other : one;
}

/** 6 to 12, by user. */
export function coinsToKeep({ id }: Wallet): number {
  return 6 + (id % 7);
}

/** A fresh script, but not for so much that the change would look like a large transfer. */
function changeScriptOf(wallet: Wallet, inputs: readonly Coin[]): SimScript {
  const total = inputs.reduce((sum, coin) => sum + coin.value, 0);
  return (total > ORDINARY_LIMIT / 2 ? inputs[0]?.script : undefined) ?? freshScript(wallet);
}
