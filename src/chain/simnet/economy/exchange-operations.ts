import { BTC, ORDINARY_LIMIT, RICH } from "./everyday-payments.ts";
import { drawFeeRate } from "./fee-demand.ts";
import { fundPayments, sweep } from "./funding.ts";
import { drawAcrossOctaves } from "./octaves.ts";
import { type Exchange, hotScriptOf } from "./population.ts";
import type { Scene } from "./scene.ts";
import { payTo, type Payment, type TransactionDraft } from "./transaction-draft.ts";
import type { Coin } from "./wallet.ts";

const HOT_COINS = 50;
const SWEEP = { from: 20, always: 60, most: 40 } as const;

/** One transaction from the hot wallet pays several customers; the change goes back to a script that it spends from. */
export function withdraw(scene: Scene): TransactionDraft | undefined {
  const { people, demand, random } = scene;
  const { hot } = random.pick(people.exchanges);
  const payments = drawWithdrawals(scene);
  if (payments.length === 0) return undefined;
  return fundPayments({
    wallet: hot,
    payments,
    feeRate: drawFeeRate(demand, random, 0.3),
    pick: (coins) => random.below(coins.length),
    keepCoins: HOT_COINS,
    changeScript: firstScript,
  });
}

/** Each exchange that has enough deposits gathers them in its hot wallet. */
export function sweepDeposits(scene: Scene): (() => TransactionDraft)[] {
  const { people, random } = scene;
  return people.exchanges
    .filter(({ deposits }) => deposits.coins.length >= (random.chance(0.3) ? SWEEP.from : SWEEP.always))
    .map((exchange) => () => sweepOne(scene, exchange));
}

export function firstScript(inputs: readonly Coin[]) {
  const [first] = inputs;
  if (first === undefined) throw new RangeError("a transaction without inputs has no script to return change to");
  return first.script;
}

function drawWithdrawals({ people, random }: Scene): Payment[] {
  const customers = Array.from({ length: random.between(2, 8) }, () => random.pick(people.users));
  return customers
    .filter((customer) => customer.balance < RICH)
    .map((customer) => payTo(customer, customer.freshScript(), drawAcrossOctaves(random, BTC / 100, 10)));
}

function sweepOne({ demand, random }: Scene, exchange: Exchange): TransactionDraft {
  const { deposits, hot } = exchange;
  let total = 0;
  let count = 0;
  for (const coin of deposits.coins.slice(0, SWEEP.most)) {
    if (count > 0 && total + coin.value > ORDINARY_LIMIT) break;
    total += coin.value;
    count += 1;
  }
  const script = hotScriptOf(exchange, random.below(8));
  return sweep(deposits.takeFirst(count), { wallet: hot, script }, drawFeeRate(demand, random, -0.7));
}
