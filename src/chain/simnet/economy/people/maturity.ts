import { type Coin, takeCoin, type Wallet } from "./wallet.ts";

/** Blocks before what a coinbase pays may be spent. Source: Core `COINBASE_MATURITY`. */
const COINBASE_MATURITY = 100;

/** Coins of a pool that may be spent whatever made them, when the tip is at `height`; change waits as coinbases do. */
export function matureCoins({ coins }: Wallet, height: number): Coin[] {
  return coins.filter((coin) => coin.height + COINBASE_MATURITY <= height);
}

/** Takes the first mature coins out; undefined, and all stay, where there are fewer. */
export function takeMatureCoins(wallet: Wallet, count: number, height: number): Coin[] | undefined {
  if (wallet.coins.length < count) return undefined;
  const mature = matureCoins(wallet, height);
  if (mature.length < count) return undefined;
  return mature.slice(0, count).map((coin) => takeCoin(wallet, wallet.coins.indexOf(coin)));
}
