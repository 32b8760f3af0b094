import { type Coin, takeCoin, type Wallet } from "./wallet.ts";

/** Blocks before what a coinbase pays may be spent. Source: Core `COINBASE_MATURITY`. */
const COINBASE_MATURITY = 100;

/** What a pool keeps of a payout is a later output: nearly every first output that a pool has is a coinbase's. */
function mayBeCoinbase({ outputIndex }: Coin): boolean {
  return outputIndex === 0;
}

/** Whether a pool may spend the coin when the tip is at `height`. */
export function isMature(coin: Coin, height: number): boolean {
  return !mayBeCoinbase(coin) || coin.height + COINBASE_MATURITY <= height;
}

export function matureCoins({ coins }: Wallet, height: number): Coin[] {
  return coins.filter((coin) => isMature(coin, height));
}

/** Takes the first mature coinbases out; undefined, and all stay, where there are fewer. What a pool kept stays. */
export function takeMatureCoinbases(wallet: Wallet, count: number, height: number): Coin[] | undefined {
  if (wallet.coins.length < count) return undefined;
  const mature = wallet.coins.filter((coin) => mayBeCoinbase(coin) && isMature(coin, height));
  if (mature.length < count) return undefined;
  return mature.slice(0, count).map((coin) => takeCoin(wallet, wallet.coins.indexOf(coin)));
}
