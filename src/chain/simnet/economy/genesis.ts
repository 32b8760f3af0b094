import { NETWORKS } from "#bitcoin";
import { BTC } from "./everyday-payments.ts";
import { drawAcrossOctaves } from "./octaves.ts";
import { hotScriptOf, type Population } from "./population.ts";
import type { Random } from "./random.ts";
import type { SimScript } from "./sim-script.ts";
import { payTo, type Payment } from "./transaction-draft.ts";
import type { Wallet } from "./wallet.ts";

const EXCHANGE = { supplyShare: 0.1, coins: 40 } as const;
const WHALE_COINS = 10;
const USER = { fewestCoins: 3, mostCoins: 8, leastCoin: BTC / 5, octaves: 6 } as const;

/** Outputs of block 0, where the simulation's money begins: a little for users, much for exchanges, the rest for whales. */
export function allotGenesis(people: Population, random: Random): Payment[] {
  const supply = NETWORKS.simnet.genesisSubsidy;
  const payments = people.users.flatMap((user) => allotUser(user, random));
  for (const exchange of people.exchanges) {
    const share = Math.floor(supply * EXCHANGE.supplyShare * (0.5 + random.unit()));
    const next = () => hotScriptOf(exchange, random.below(8));
    payments.push(...splitEvenly({ wallet: exchange.hot, total: share, coins: EXCHANGE.coins, next }));
  }
  const left = supply - payments.reduce((sum, payment) => sum + payment.value, 0);
  return [...payments, ...allotWhales(people.whales, left, random)];
}

function allotUser(user: Wallet, random: Random): Payment[] {
  return Array.from({ length: random.between(USER.fewestCoins, USER.mostCoins) }, () =>
    payTo(user, user.freshScript(), drawAcrossOctaves(random, USER.leastCoin, USER.octaves)),
  );
}

function allotWhales(whales: readonly Wallet[], supply: number, random: Random): Payment[] {
  const parts = whales.map(() => random.between(10, 40));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  let left = supply;
  return whales.flatMap((wallet, index) => {
    const isLast = index === whales.length - 1;
    const total = isLast ? left : Math.floor((supply / whole) * (parts[index] ?? 0));
    left -= total;
    return splitEvenly({ wallet, total, coins: WHALE_COINS, next: () => wallet.freshScript() });
  });
}

type Split = { wallet: Wallet; total: number; coins: number; next: () => SimScript };

/** Equal coins; the first also holds what does not divide. */
function splitEvenly({ wallet, total, coins, next }: Split): Payment[] {
  const each = Math.floor(total / coins);
  return Array.from({ length: coins }, (_, index) =>
    payTo(wallet, next(), index === 0 ? total - each * (coins - 1) : each),
  );
}
