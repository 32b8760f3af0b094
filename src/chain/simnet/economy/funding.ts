import type { Payment, TransactionDraft } from "./transaction-draft.ts";
import { payTo, virtualSizeOf } from "./transaction-draft.ts";
import type { SimScript } from "./sim-script.ts";
import type { Coin, Wallet } from "./wallet.ts";

/** No output is smaller, so spending it pays even when fees are high: else wallets would fill with coins nobody wants. */
export const SMALLEST_OUTPUT = 100_000;

export type FundingRequest = {
  readonly wallet: Wallet;
  readonly payments: readonly Payment[];
  /** sat/vB. */
  readonly feeRate: number;
  /** Position of the coin to take next. */
  readonly pick: (coins: readonly Coin[]) => number;
  /** Beyond so many coins, up to four small ones are spent along. */
  readonly keepCoins: number;
  readonly changeScript: (inputs: readonly Coin[]) => SimScript;
};

/** Takes coins for the payments out of the wallet; undefined, and the coins stay, where they do not suffice. */
export function fundPayments(request: FundingRequest): TransactionDraft | undefined {
  const { wallet, payments, feeRate, pick, changeScript } = request;
  const paid = payments.reduce((sum, payment) => sum + payment.value, 0);
  if (wallet.balance < paid) return undefined;
  const inputs: Coin[] = [];
  while (changeOf(inputs, request, paid) < SMALLEST_OUTPUT) {
    if (wallet.coins.length === 0) {
      for (const coin of inputs) wallet.add(coin);
      return undefined;
    }
    inputs.push(wallet.take(pick(wallet.coins)));
  }
  if (feeRate < 50) takeSmallCoins(wallet, inputs, Math.min(4, wallet.coins.length - request.keepCoins));
  const change = payTo(wallet, changeScript(inputs), changeOf(inputs, request, paid));
  return { inputs, outputs: [...payments, change] };
}

/** Spends all the coins to one script, without change. */
export function sweep(
  coins: readonly Coin[],
  to: { wallet: Wallet; script: SimScript },
  feeRate: number,
): TransactionDraft {
  const total = coins.reduce((sum, coin) => sum + coin.value, 0);
  const fee = Math.ceil(virtualSizeOf(coins, [{ script: to.script.output }]) * feeRate);
  return { inputs: coins, outputs: [payTo(to.wallet, to.script, total - fee)] };
}

export function positionOfLargest(coins: readonly Coin[]): number {
  let largest = 0;
  coins.forEach((coin, position) => {
    if (coin.value > (coins[largest]?.value ?? 0)) largest = position;
  });
  return largest;
}

function takeSmallCoins(wallet: Wallet, inputs: Coin[], count: number): void {
  for (let taken = 0; taken < count; taken += 1) inputs.push(wallet.take(positionOfSmallest(wallet.coins)));
}

function positionOfSmallest(coins: readonly Coin[]): number {
  let smallest = 0;
  coins.forEach((coin, position) => {
    if (coin.value < (coins[smallest]?.value ?? 0)) smallest = position;
  });
  return smallest;
}

/** What is left for change after payments and fee. All scripts of a wallet have one length, so any stands for it. */
function changeOf(inputs: readonly Coin[], { payments, feeRate }: FundingRequest, paid: number): number {
  const [first] = inputs;
  if (first === undefined) return -1;
  const total = inputs.reduce((sum, coin) => sum + coin.value, 0);
  const vsize = virtualSizeOf(inputs, [...payments, { script: first.script.output }]);
  return total - paid - Math.ceil(vsize * feeRate);
}
