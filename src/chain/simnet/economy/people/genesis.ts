import { COIN, NETWORKS } from "#bitcoin";
import { drawAround } from "../chance/octaves.ts";
import type { Random } from "../chance/random.ts";
import type { Density } from "../density.ts";
import { payTo, type Payment } from "../transactions/transaction-draft.ts";
import { coldScriptOf, hotScriptOf, keptScriptOf, type Population } from "./population.ts";
import type { SimScript } from "./sim-script.ts";
import { freshScript, type Wallet } from "./wallet.ts";

const EXCHANGE = { reserve: 800_000 * COIN, hotShare: 0.02, hotCoins: 40, coldCoins: 24 } as const;
const CUSTODIAN = { reserve: 300_000 * COIN, coins: 40 } as const;
const SLEEPERS = { coins: 400, usual: 120 * COIN, octaves: 0.9 } as const;
const WHALE_COINS = 24;
const USER = { demoCoins: 5, usual: COIN / 25, octaves: 2.2 } as const;

/** Outputs of block 0, where the simulation's money begins: a little for users, much for exchanges, the rest for whales. */
export function allotGenesis(people: Population, random: Random, { name }: Density): Payment[] {
  const payments: Payment[] = [];
  const coins = name === "demo" ? USER.demoCoins : 1;
  for (const user of people.users) {
    for (let left = coins; left > 0; left -= 1) {
      payments.push(payTo(user, freshScript(user), drawAround(random, USER.usual, USER.octaves)));
    }
  }
  for (const exchange of people.exchanges) {
    const reserve = Math.floor((EXCHANGE.reserve * exchange.share) / 100);
    const inHot = Math.floor(reserve * EXCHANGE.hotShare);
    const { hot, cold } = exchange;
    payments.push(...splitEvenly(hot, inHot, EXCHANGE.hotCoins, (index) => hotScriptOf(exchange, index)));
    payments.push(...splitEvenly(cold, reserve - inHot, EXCHANGE.coldCoins, (index) => coldScriptOf(exchange, index)));
  }
  for (const custodian of people.custodians) {
    const script = (index: number) => keptScriptOf("custodian", custodian, index);
    payments.push(...splitEvenly(custodian, CUSTODIAN.reserve, CUSTODIAN.coins, script));
  }
  for (let left = SLEEPERS.coins; left > 0; left -= 1) {
    const value = drawAround(random, SLEEPERS.usual, SLEEPERS.octaves);
    payments.push(payTo(people.sleepers, freshScript(people.sleepers), value));
  }
  const left = NETWORKS.simnet.genesisSubsidy - payments.reduce((sum, { value }) => sum + value, 0);
  return [...payments, ...allotWhales(people.whales, left, random)];
}

function allotWhales(whales: readonly Wallet[], supply: number, random: Random): Payment[] {
  const parts = whales.map(() => random.between(10, 40));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  let left = supply;
  return whales.flatMap((wallet, index) => {
    const isLast = index === whales.length - 1;
    const total = isLast ? left : Math.floor((supply / whole) * (parts[index] ?? 0));
    left -= total;
    return splitEvenly(wallet, total, WHALE_COINS, (coin) => keptScriptOf("whale", wallet, coin));
  });
}

/** Equal coins; the first also holds what does not divide. */
function splitEvenly(wallet: Wallet, total: number, coins: number, scriptOf: (index: number) => SimScript): Payment[] {
  const each = Math.floor(total / coins);
  return Array.from({ length: coins }, (_, index) =>
    payTo(wallet, scriptOf(index), index === 0 ? total - each * (coins - 1) : each),
  );
}
