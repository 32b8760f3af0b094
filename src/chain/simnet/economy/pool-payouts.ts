import { drawFeeRate } from "./fee-demand.ts";
import { depositScriptOf } from "./population.ts";
import type { Scene } from "./scene.ts";
import { payTo, type TransactionDraft, virtualSizeOf } from "./transaction-draft.ts";
import type { Wallet } from "./wallet.ts";

const COINBASE_MATURITY = 100;
const COINS_PER_PAYOUT = 20;

/** A pool with enough mature coinbases sells most of it at an exchange and pays the rest to its miners. */
export function poolPayouts(scene: Scene): (() => TransactionDraft)[] {
  return scene.people.pools
    .filter((pool) => {
      const newest = pool.coins[COINS_PER_PAYOUT - 1];
      return newest !== undefined && newest.height + COINBASE_MATURITY <= scene.height;
    })
    .map((pool) => () => payOut(scene, pool));
}

function payOut(scene: Scene, pool: Wallet): TransactionDraft {
  const { people, random } = scene;
  const inputs = pool.takeFirst(COINS_PER_PAYOUT);
  const total = inputs.reduce((sum, coin) => sum + coin.value, 0);
  const miners = Array.from({ length: random.between(8, 20) }, () => random.pick(people.users));
  const perMiner = (total * 0.3) / miners.length;
  const shares = miners.map((miner) => payTo(miner, miner.freshScript(), Math.floor(perMiner * (0.5 + random.unit()))));
  const exchange = random.pick(people.exchanges);
  const saleScript = depositScriptOf(exchange, pool);
  const vsize = virtualSizeOf(inputs, [...shares, { script: saleScript.output }]);
  const fee = Math.ceil(vsize * drawFeeRate(scene.demand, random, -0.3));
  const paid = shares.reduce((sum, share) => sum + share.value, 0);
  return { inputs, outputs: [payTo(exchange.deposits, saleScript, total - paid - fee), ...shares] };
}
