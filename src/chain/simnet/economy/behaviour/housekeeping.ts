import { COIN } from "#bitcoin";
import { drawBid } from "../demand/fee-market.ts";
import { coldScriptOf, depositScriptOf, type Exchange, hotScriptOf, keptScriptOf } from "../people/population.ts";
import { takeMatureCoinbases } from "../people/maturity.ts";
import { type Miner, MINERS } from "../people/entities.ts";
import { reusedScript, takeFirstCoins, type Wallet } from "../people/wallet.ts";
import { fundLarge, giveBack, SMALLEST_OUTPUT, sweep } from "../transactions/funding.ts";
import { send, trySend } from "../transactions/send.ts";
import { type Payment, payTo, totalOf } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import type { Offer } from "./offer.ts";
import { ordinaryCount } from "./consolidation.ts";

const HOT = { least: 1_500 * COIN, usual: 6_000 * COIN, most: 14_000 * COIN, mostCoins: 220 } as const;
/** `weight`: of a block, for each coin that one transaction gathers at most. */
const GATHER = { from: 20, always: 60, most: 110, weight: 1_400, times: 12 } as const;
const MERCHANT_COINS = 40;
/** Satoshis that a pool likes to hold, by each percent of hash rate: beyond it sells. */
const TREASURY = 25 * COIN;
/** `earned`: most by coinbase of which miners get their share. */
const PAYOUT = {
  minersShare: 0.15,
  earned: 3.25 * COIN,
  saleChance: 0.2,
  saleShare: 0.45,
  rich: 0.78,
} as const;

/** What firms do after each block, when something is due. */
export function keepHouse(world: World): void {
  const { people } = world;
  for (const exchange of people.exchanges) {
    for (let left = GATHER.times; left > 0 && gatherDeposits(world, exchange); left -= 1);
    balanceHotWallet(world, exchange);
  }
  for (const merchant of people.merchants) cashIn(world, merchant);
  for (const [index, pool] of people.pools.entries()) {
    const miner = MINERS[index];
    if (miner !== undefined) payMiners(world, pool, miner);
  }
}

/** Nobody waits for it. */
function patientOffer({ market, random }: World, haste = -0.8): Offer | undefined {
  return drawBid(market, 0, { haste, worth: 7 }, random);
}

/** Whether it did and there may be more. */
function gatherDeposits(world: World, exchange: Exchange): boolean {
  const { deposits, hot } = exchange;
  const { random, density } = world;
  if (deposits.coins.length < (random.chance(0.3) ? GATHER.from : GATHER.always)) return false;
  const offer = patientOffer(world);
  if (offer === undefined) return false;
  const most = Math.min(GATHER.most, Math.floor(density.blockWeight / GATHER.weight));
  const count = Math.max(1, ordinaryCount(deposits, random.between(Math.ceil(most / 4), most)));
  const script = hotScriptOf(exchange, random.below(3));
  const draft = sweep(
    { wallet: deposits, coins: takeFirstCoins(deposits, count) },
    { wallet: hot, script },
    offer.feeRate,
  );
  return trySend(world, draft, offer);
}

/** Too much in the hot wallet is put away, too little is filled up; many small coins there become one. */
function balanceHotWallet(world: World, exchange: Exchange): void {
  const { hot, cold } = exchange;
  const { random } = world;
  if (hot.balance > HOT.most) {
    pay(world, hot, payTo(cold, coldScriptOf(exchange, random.below(4)), hot.balance - HOT.usual));
  } else if (hot.balance < HOT.least && cold.balance > HOT.usual) {
    pay(world, cold, payTo(hot, hotScriptOf(exchange, random.below(3)), HOT.usual - hot.balance), 0.4);
  } else if (hot.coins.length > HOT.mostCoins) {
    const offer = patientOffer(world);
    if (offer === undefined) return;
    const coins = takeFirstCoins(hot, 50);
    const draft = sweep({ wallet: hot, coins }, { wallet: hot, script: hotScriptOf(exchange, 0) }, offer.feeRate);
    trySend(world, draft, offer);
  }
}

/** A merchant sells what it earned. */
function cashIn(world: World, merchant: Wallet): void {
  if (merchant.coins.length < MERCHANT_COINS) return;
  const offer = patientOffer(world);
  if (offer === undefined) return;
  const exchange = world.random.pick(world.people.exchanges);
  const to = { wallet: exchange.deposits, script: depositScriptOf(exchange, merchant) };
  const draft = sweep({ wallet: merchant, coins: takeFirstCoins(merchant, MERCHANT_COINS) }, to, offer.feeRate);
  trySend(world, draft, offer);
}

/** A pool with enough mature coinbases pays its miners, keeps the rest, and now and then sells some of that. */
function payMiners(world: World, pool: Wallet, { payout, share }: Miner): void {
  const { tip, random, people } = world;
  const inputs = takeMatureCoinbases(pool, payout.coinbases, tip.height);
  if (inputs === undefined) return;
  const offer = patientOffer(world, -0.3);
  if (offer === undefined) return giveBack(pool, inputs);
  const total = totalOf(inputs);
  const miners = Array.from({ length: random.between(...payout.miners) }, () => random.pick(people.users));
  const each = (Math.min(total, PAYOUT.earned * payout.coinbases) * PAYOUT.minersShare) / miners.length;
  const outputs: Payment[] = miners.map((miner) => {
    return payTo(miner, reusedScript(miner, 1), Math.floor(each * (0.5 + random.unit())));
  });
  const feeFor = (count: number) => Math.ceil(offer.feeRate * (inputs.length * 70 + count * 34 + 60));
  const exchange = random.pick(people.exchanges);
  const isRich = pool.balance > TREASURY * share;
  if (isRich || random.chance(PAYOUT.saleChance)) {
    const wished = Math.floor(total * (isRich ? PAYOUT.rich : PAYOUT.saleShare));
    // A few miners may by chance get so much that not all of that is left.
    const left = total - totalOf(outputs) - feeFor(outputs.length + 1) - SMALLEST_OUTPUT;
    outputs.push(payTo(exchange.deposits, depositScriptOf(exchange, pool), Math.min(wished, left)));
  }
  const rest = total - totalOf(outputs) - feeFor(outputs.length);
  outputs.push(payTo(pool, keptScriptOf("pool", pool, 1), rest));
  send(world, { inputs, outputs, changeIndex: outputs.length - 1 }, offer);
}

function pay(world: World, from: Wallet, payment: Payment, haste?: number): void {
  const offer = patientOffer(world, haste);
  if (offer === undefined) return;
  trySend(world, fundLarge({ from, payment }, offer.feeRate), offer);
}
