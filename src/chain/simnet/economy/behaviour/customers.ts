import { COIN } from "#bitcoin";
import { powerOfTwo } from "../chance/octaves.ts";
import { depositScriptOf, type Exchange } from "../people/population.ts";
import { freshScript } from "../people/wallet.ts";
import { fundPayments, scriptOfFirst } from "../transactions/funding.ts";
import { trySend } from "../transactions/send.ts";
import { payTo, type Payment } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import type { Offer } from "./offer.ts";
import { drawPayment, ORDINARY_LIMIT, spend } from "./payments.ts";

/** Below `poor` a user no longer deposits; who is rich deposits more, and nothing is withdrawn to them: so money goes round. */
const WEALTH = { poor: COIN / 200, rich: COIN / 2, depositedShare: 0.4 } as const;

const USUAL = COIN / 250;

/** A user sends to their deposit address at an exchange. */
export function deposit(world: World, offer: Offer): boolean {
  const { people, random } = world;
  const user = random.pick(people.users);
  if (user.balance < WEALTH.poor) return false;
  const exchange = drawExchange(world, 1);
  const least = user.balance > WEALTH.rich ? Math.min(user.balance * WEALTH.depositedShare, ORDINARY_LIMIT / 3) : 0;
  const value = Math.floor(Math.min(Math.max(drawPayment(random, USUAL), least), user.balance / 2));
  return spend(world, offer, user, [payTo(exchange.deposits, depositScriptOf(exchange, user), value)]);
}

/** One transaction from the hot wallet pays several customers; the change goes back to a script that it spends from. */
export function withdraw(world: World, offer: Offer): boolean {
  const { random } = world;
  const { hot } = drawExchange(world, -1);
  const payments = drawWithdrawals(world);
  if (payments.length === 0) return false;
  const draft = fundPayments({
    wallet: hot,
    payments,
    feeRate: offer.feeRate,
    pick: (coins) => random.below(coins.length),
    changeScript: scriptOfFirst,
    chains: random.chance(0.4),
  });
  return trySend(world, draft, offer);
}

/** By their number of customers and how these lean; `direction` 1 for those who send, -1 for those who withdraw. */
function drawExchange({ people, demand, random }: World, direction: 1 | -1): Exchange {
  const weights = people.exchanges.map(({ share }, index) => {
    return share * powerOfTwo(direction * 0.5 * (demand.leanings[index] ?? 0));
  });
  const found = people.exchanges[random.pickWeighted(weights)];
  if (found === undefined) throw new RangeError("every exchange has a weight");
  return found;
}

/** Mostly one to three, now and then dozens at once. */
function drawWithdrawals({ people, random }: World): Payment[] {
  const count = random.chance(0.25) ? random.between(8, 90) : random.between(1, 3);
  const customers = Array.from({ length: count }, () => random.pick(people.users));
  return customers
    .filter(({ balance }) => balance < WEALTH.rich)
    .map((customer) => payTo(customer, freshScript(customer), drawPayment(random, USUAL)));
}
