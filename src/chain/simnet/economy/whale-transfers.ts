import { BTC } from "./everyday-payments.ts";
import { firstScript } from "./exchange-operations.ts";
import { drawFeeRate } from "./fee-demand.ts";
import { fundPayments, positionOfLargest } from "./funding.ts";
import { drawAcrossOctaves } from "./octaves.ts";
import { hotScriptOf } from "./population.ts";
import { Random } from "./random.ts";
import type { Scene } from "./scene.ts";
import { payTo, type Payment, type TransactionDraft } from "./transaction-draft.ts";
import type { Wallet } from "./wallet.ts";

const BLOCKS_PER_DAY = 144;
const WHALE_COINS = 20;
/** With the three that each day has for certain: about one in 15 blocks. */
const CHANCE = 1 / 22;

/** What an exchange comes back to, so that the whales' money does not gather there over the years. */
const USUAL_RESERVE = 600_000 * BTC;

/** 1,000 to about 20,000 BTC. */
const AMOUNT = { least: 1_000 * BTC, octaves: 4.3 } as const;

/**
 * Transfers of at least 1,000 BTC in this block. Each day has two in its first ten blocks and one in its last, so that
 * who joins at the turn of a day sees some at once; the others come by chance.
 */
export function countWhaleTransfers(seed: number, height: number, random: Random): number {
  const ofDay = new Random(`simnet ${seed} day ${Math.floor(height / BLOCKS_PER_DAY)}`);
  const early = [ofDay.between(2, 5), ofDay.between(7, 10)];
  const late = ofDay.between(BLOCKS_PER_DAY - 6, BLOCKS_PER_DAY - 1);
  const position = height % BLOCKS_PER_DAY;
  return (early.includes(position) || position === late ? 1 : 0) + (random.chance(CHANCE) ? 1 : 0);
}

/** From a whale to another or to an exchange, or from an exchange to a whale; never within one house. */
export function transferOfWhale(scene: Scene): TransactionDraft | undefined {
  const { people, random } = scene;
  const amount = drawAcrossOctaves(random, AMOUNT.least, AMOUNT.octaves);
  const whale = random.pick(people.whales);
  if (random.chance(0.45))
    return transfer(scene, richestOther(people.whales, whale, amount, random), toWhale(whale, amount));
  const exchange = random.pick(people.exchanges);
  const leaves = random.chance(exchange.hot.balance > USUAL_RESERVE ? 0.7 : 0.3);
  if (leaves && exchange.hot.balance > 2 * amount) return transfer(scene, exchange.hot, toWhale(whale, amount));
  const seller = whale.balance > 2 * amount ? whale : richestOther(people.whales, whale, amount, random);
  return transfer(scene, seller, payTo(exchange.hot, hotScriptOf(exchange, random.below(8)), amount));
}

function toWhale(whale: Wallet, amount: number): Payment {
  return payTo(whale, whale.freshScript(), amount);
}

/** Somebody else who has at least twice the amount, else who has most. */
function richestOther(whales: readonly Wallet[], except: Wallet, amount: number, random: Random): Wallet {
  const others = whales.filter((whale) => whale !== except);
  const able = others.filter((whale) => whale.balance > 2 * amount);
  if (able.length > 0) return random.pick(able);
  return others.reduce((richest, whale) => (whale.balance > richest.balance ? whale : richest));
}

/** The change goes back to a script that is spent from: what goes to other scripts is the amount and nothing else. */
function transfer({ demand, random }: Scene, from: Wallet, payment: Payment): TransactionDraft | undefined {
  return fundPayments({
    wallet: from,
    payments: [payment],
    feeRate: drawFeeRate(demand, random, 0.5),
    pick: positionOfLargest,
    keepCoins: WHALE_COINS,
    changeScript: firstScript,
  });
}
