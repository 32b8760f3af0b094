import type { SimScript } from "../people/sim-script.ts";
import { addCoin, type Coin, takeChange, takeCoin, type Wallet } from "../people/wallet.ts";
import { outputWeight, weightOf } from "./signing.ts";
import { type Payment, payTo, totalOf, type TransactionDraft } from "./transaction-draft.ts";

/** Below this a sender rather leaves the rest to the miner than to get it back. */
export const SMALLEST_OUTPUT = 1_000;

/** Nodes take no longer line of transactions that wait for each other. Source: Core `DEFAULT_ANCESTOR_LIMIT`. */
const DEEPEST = 24;

export type FundingRequest = {
  readonly wallet: Wallet;
  readonly payments: readonly Payment[];
  /** sat/vB. */
  readonly feeRate: number;
  /** Position of the coin to take next. */
  readonly pick: (coins: readonly Coin[]) => number;
  readonly changeScript: (inputs: readonly Coin[]) => SimScript;
  /** Beyond so many coins, up to three small ones are spent along. */
  readonly keepCoins?: number;
  /** Whether it may spend what its own waiting transactions return to it. */
  readonly chains?: boolean;
};

export type LargePayment = {
  readonly from: Wallet;
  readonly payment: Payment;
  /** Position of the coin to take next; the largest unless told otherwise. */
  readonly pick?: (coins: readonly Coin[]) => number;
};

const MOST_INPUTS = 60;

/** Takes coins for the payments out of the wallet; undefined, and the coins stay, where they do not suffice. */
export function fundPayments(request: FundingRequest): TransactionDraft | undefined {
  const { wallet, payments, feeRate } = request;
  const inputs: Coin[] = [];
  if (request.chains === true) takeWaitingChange(wallet, inputs);
  const paid = totalOf(payments);
  if (totalOf(inputs) + wallet.balance < paid) return giveBack(wallet, inputs);
  let held = totalOf(inputs);
  let rest = restOf(inputs, held, request, paid);
  while (rest < 0) {
    if (wallet.coins.length === 0 || inputs.length === MOST_INPUTS) return giveBack(wallet, inputs);
    const coin = takeCoin(wallet, request.pick(wallet.coins));
    inputs.push(coin);
    held += coin.value;
    rest = restOf(inputs, held, request, paid);
  }
  if (request.keepCoins !== undefined) rest += takeSmallCoins(wallet, inputs, request.keepCoins, feeRate);
  // Of one wallet all scripts have one length, but what it spends may be an inscription.
  rest -= Math.ceil((outputWeight(wallet.scriptKind) * feeRate) / 4);
  if (rest < SMALLEST_OUTPUT) return { inputs, outputs: payments, changeIndex: -1 };
  const change = payTo(wallet, request.changeScript(inputs), rest);
  return { inputs, outputs: [...payments, change], changeIndex: payments.length };
}

/** One payment of a firm or a whale. Its change goes back to a script that is spent from: elsewhere goes the payment alone. */
export function fundLarge(
  { from, payment, pick = positionOfLargest }: LargePayment,
  feeRate: number,
): TransactionDraft | undefined {
  return fundPayments({ wallet: from, payments: [payment], feeRate, pick, changeScript: scriptOfFirst });
}

/** Spends all the coins to one script, without change; undefined, and the coins return, where the fee eats them up. */
export function sweep(
  from: { wallet: Wallet; coins: readonly Coin[] },
  to: { wallet: Wallet; script: SimScript },
  feeRate: number,
): TransactionDraft | undefined {
  const { coins } = from;
  const fee = Math.ceil((weightOf(coins, [{ script: to.script.output }]) * feeRate) / 4);
  const value = totalOf(coins) - fee;
  if (value < SMALLEST_OUTPUT) return giveBack(from.wallet, coins);
  return { inputs: coins, outputs: [payTo(to.wallet, to.script, value)], changeIndex: -1 };
}

/** Satoshis that one transaction can spend at most, fee included, where coins are taken as `pick` says. */
export function mostInOne(coins: readonly Coin[], pick: (coins: readonly Coin[]) => number): number {
  const left = [...coins];
  let total = 0;
  for (let inputs = 0; inputs < MOST_INPUTS && left.length > 0; inputs += 1) {
    const position = pick(left);
    total += left[position]?.value ?? 0;
    // As a wallet gives them out: which of the same age comes next follows from that.
    const last = left.pop();
    if (last !== undefined && position < left.length) left[position] = last;
  }
  return total;
}

function positionOfLargest(coins: readonly Coin[]): number {
  return positionOfLeast(coins, ({ value }) => -value);
}

export function positionOfOldest(coins: readonly Coin[]): number {
  return positionOfLeast(coins, ({ height }) => height);
}

/** The first, where several measure the same. */
export function positionOfLeast(coins: readonly Coin[], measure: (coin: Coin) => number): number {
  let position = 0;
  let least = Infinity;
  coins.forEach((coin, index) => {
    const measured = measure(coin);
    if (measured >= least) return;
    position = index;
    least = measured;
  });
  return position;
}

/** Change goes back to a script that is spent from: what goes to other scripts is the amount and nothing else. */
export function scriptOfFirst(inputs: readonly Coin[]): SimScript {
  const [first] = inputs;
  if (first === undefined) throw new RangeError("a transaction without inputs has no script to return change to");
  return first.script;
}

/** What is left after payments and fee, before there is an output for change. */
function restOf(inputs: readonly Coin[], held: number, { payments, feeRate }: FundingRequest, paid: number): number {
  if (inputs.length === 0) return -1;
  return held - paid - Math.ceil((weightOf(inputs, payments) * feeRate) / 4);
}

/** Adds what it spends along, less the fee for that. */
function takeSmallCoins(wallet: Wallet, inputs: Coin[], keepCoins: number, feeRate: number): number {
  let gained = 0;
  for (let left = Math.min(3, wallet.coins.length - keepCoins); left > 0; left -= 1) {
    const position = positionOfLeast(wallet.coins, ({ value }) => value);
    const coin = wallet.coins[position];
    if (coin === undefined) break;
    const before = weightOf(inputs, []);
    const cost = Math.ceil(((weightOf([...inputs, coin], []) - before) * feeRate) / 4) + 1;
    if (coin.value <= 2 * cost) break;
    inputs.push(takeCoin(wallet, position));
    gained += coin.value - cost;
  }
  return gained;
}

function takeWaitingChange(wallet: Wallet, inputs: Coin[]): void {
  const coin = wallet.change.find(({ parent }) => parent !== undefined && parent.depth < DEEPEST);
  if (coin === undefined) return;
  takeChange(wallet, coin);
  inputs.push(coin);
}

/** Nobody spent them after all. */
export function giveBack(wallet: Wallet, coins: readonly Coin[]): undefined {
  for (const coin of coins) {
    if (coin.parent === undefined) addCoin(wallet, coin);
    else wallet.change.push(coin);
  }
  return undefined;
}
