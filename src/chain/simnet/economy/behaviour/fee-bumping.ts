import { drawCount, powerOfTwo } from "../chance/octaves.ts";
import { LEAST_FEE_RATE } from "../demand/fee-market.ts";
import { feeRateOf, walletAt, withdrawFrom } from "../mempool/mempool.ts";
import type { WaitingTransaction } from "../mempool/waiting-transaction.ts";
import { freshScript, takeChange, takeCoin, type Wallet } from "../people/wallet.ts";
import { SMALLEST_OUTPUT } from "../transactions/funding.ts";
import { send } from "../transactions/send.ts";
import { weightOf } from "../transactions/signing.ts";
import { type Payment, payTo } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";

/** Of those that wait, how many are looked at in a minute. */
const LOOKED_AT = 1 / 12;

/** Senders who have lost patience offer more: by a replacement (BIP125) or by a child that pays for its parent. */
export function bumpFees(world: World, seconds: number): void {
  const { mempool, random, time, market } = world;
  const asked = powerOfTwo(market.octaves + 0.3);
  const count = drawCount(random, (mempool.waiting.length * LOOKED_AT * seconds) / 60);
  for (let left = Math.min(count, mempool.waiting.length); left > 0; left -= 1) {
    const tx = random.pick(mempool.waiting);
    if (time < tx.impatientAt || feeRateOf(tx) >= asked || tx.eventId !== undefined) continue;
    tx.impatientAt = time + 3_600;
    const feeRate = Math.min(asked, tx.mostFeeRate);
    if (feeRate < feeRateOf(tx) * 1.1 || tx.changeIndex < 0) continue;
    if (tx.replaceable && tx.children.length === 0) replace(world, tx, feeRate);
    else payByChild(world, tx, feeRate);
  }
}

/** The same payments with a higher fee, which the change pays. */
function replace(world: World, tx: WaitingTransaction, feeRate: number): void {
  const { mempool, people, time } = world;
  const fee = Math.ceil((tx.weight * feeRate) / 4);
  const change = tx.outputs[tx.changeIndex];
  const added = Math.max(fee - tx.fee, Math.ceil((tx.weight * LEAST_FEE_RATE) / 4));
  if (change === undefined || change.value - added < SMALLEST_OUTPUT) return;
  const outputs = tx.payments.map(({ value, script }, index): Payment => {
    const coin = tx.outputs[index];
    const receiver = coin && { wallet: walletAt(people.wallets, coin.walletId), script: coin.script };
    return { value: index === tx.changeIndex ? value - added : value, script, receiver };
  });
  withdrawFrom(mempool, tx, people.wallets);
  for (const coin of tx.inputs) takeBack(walletAt(people.wallets, coin.walletId), coin);
  const terms = { patience: tx.impatientAt - time, mostFeeRate: tx.mostFeeRate };
  send(world, { inputs: tx.inputs, outputs, changeIndex: tx.changeIndex }, terms);
}

/** The coin that has just returned to its wallet. */
function takeBack(wallet: Wallet, coin: WaitingTransaction["inputs"][number]): void {
  if (coin.parent !== undefined) return takeChange(wallet, coin);
  const position = wallet.coins.lastIndexOf(coin);
  if (position >= 0) takeCoin(wallet, position);
}

/** Spends the change of the one that waits, for so much that both together are worth taking; firms reuse its script. */
function payByChild(world: World, tx: WaitingTransaction, feeRate: number): void {
  const change = tx.outputs[tx.changeIndex];
  if (change === undefined || change.taken || tx.children.length > 0 || tx.depth > 20) return;
  const { wallets, owners } = world.people;
  const wallet = walletAt(wallets, change.walletId);
  const script = owners[wallet.id] === undefined ? freshScript(wallet) : change.script;
  const weight = weightOf([change], [{ script: script.output }]);
  const fee = Math.ceil(((tx.weight + weight) * feeRate) / 4) - tx.fee;
  if (fee <= 0 || change.value - fee < SMALLEST_OUTPUT) return;
  takeChange(wallet, change);
  const draft = { inputs: [change], outputs: [payTo(wallet, script, change.value - fee)], changeIndex: 0 };
  send(world, draft, { patience: 86_400, mostFeeRate: tx.mostFeeRate });
}
