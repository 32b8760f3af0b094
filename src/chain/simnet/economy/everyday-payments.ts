import { drawFeeRate } from "./fee-demand.ts";
import { fundPayments, SMALLEST_OUTPUT, sweep } from "./funding.ts";
import { drawAcrossOctaves } from "./octaves.ts";
import { depositScriptOf } from "./population.ts";
import type { Scene } from "./scene.ts";
import type { SimScript } from "./sim-script.ts";
import { payNobody, payTo, type Payment, type TransactionDraft } from "./transaction-draft.ts";
import type { Coin, Wallet } from "./wallet.ts";

export const BTC = 100_000_000;

/** Ordinary transactions move less than 100 BTC to scripts that they do not spend from. */
export const ORDINARY_LIMIT = 90 * BTC;

/** Below this a user no longer deposits, above it nothing is withdrawn to them: so money goes round. */
const POOR = 4 * BTC;
export const RICH = 60 * BTC;

/** 0.001 to about 8 BTC. */
const PAYMENT = { least: SMALLEST_OUTPUT, octaves: 13 } as const;

/** One user pays another; now and then the transaction carries some bytes as well. */
export function payUser(scene: Scene): TransactionDraft | undefined {
  const { people, random } = scene;
  const sender = random.pick(people.users);
  const receiver = random.pick(people.users);
  if (sender === receiver) return undefined;
  const script = random.chance(0.2) ? receiver.reusedScript(0) : receiver.freshScript();
  const payments = [payTo(receiver, script, drawAcrossOctaves(random, PAYMENT.least, PAYMENT.octaves))];
  if (random.chance(0.06)) payments.push(payNobody(random.bytes(random.between(16, 72))));
  return spend(scene, sender, payments);
}

/** A user sends to their deposit address at an exchange. */
export function deposit(scene: Scene): TransactionDraft | undefined {
  const { people, random } = scene;
  const user = random.pick(people.users);
  if (user.balance < POOR) return undefined;
  const exchange = random.pick(people.exchanges);
  const value = drawAcrossOctaves(random, 8 * PAYMENT.least, PAYMENT.octaves - 3);
  return spend(scene, user, [payTo(exchange.deposits, depositScriptOf(exchange, user), value)]);
}

/** A user with many coins makes one of them, when there is no hurry. */
export function consolidate(scene: Scene): TransactionDraft | undefined {
  const { people, demand, random } = scene;
  const user = random.pick(people.users);
  if (demand.surgeBlocksLeft > 0 || user.coins.length < 2 * coinsToKeep(user)) return undefined;
  const coins: Coin[] = [];
  let total = 0;
  while (coins.length < 15 && user.coins.length > coinsToKeep(user) / 2) {
    const coin = user.take(0);
    if (total + coin.value > ORDINARY_LIMIT) {
      user.add(coin);
      break;
    }
    coins.push(coin);
    total += coin.value;
  }
  if (coins.length < 2) {
    for (const coin of coins) user.add(coin);
    return undefined;
  }
  return sweep(coins, { wallet: user, script: user.freshScript() }, drawFeeRate(demand, random, -1));
}

function spend(scene: Scene, wallet: Wallet, payments: readonly Payment[]): TransactionDraft | undefined {
  const { demand, random } = scene;
  return fundPayments({
    wallet,
    payments,
    feeRate: drawFeeRate(demand, random),
    pick: (coins) => random.below(coins.length),
    keepCoins: coinsToKeep(wallet),
    changeScript: (inputs) => changeScriptOf(wallet, inputs),
  });
}

/** 4 to 10, by user. */
function coinsToKeep(user: Wallet): number {
  return 4 + (user.entity.walletId % 7);
}

/** A fresh script, but not for so much that the change would look like a large transfer. */
function changeScriptOf(wallet: Wallet, inputs: readonly Coin[]): SimScript {
  const total = inputs.reduce((sum, coin) => sum + coin.value, 0);
  return (total > ORDINARY_LIMIT / 2 ? inputs[0]?.script : undefined) ?? wallet.freshScript();
}
