import { log2, powerOfTwo } from "../chance/octaves.ts";
import type { Random } from "../chance/random.ts";
import type { Template } from "../mempool/template.ts";

/** What those who send see of the fees of others. */
export type FeeMarket = {
  /** Octaves above 1 sat/vB that it seems to take to be in the next block. */
  octaves: number;
};

/** Least that nodes relay, sat/vB. Source: Core 30, `DEFAULT_MIN_RELAY_TX_FEE`. */
export const LEAST_FEE_RATE = 0.1;

/** Most wallets offer no less, whatever nodes would relay. */
const USUAL_LEAST = { feeRate: 1, share: 0.94 } as const;

/** Where offers go while there is room in blocks: what wallets offer when nothing forces them. */
const RESTING = { octaves: 0.2, pull: 0.12 } as const;
const FOLLOWING = 0.45;

/** Looks at the block just mined and at the one that would come next. */
export function watchBlocks(market: FeeMarket, next: Template, blockWeight: number): void {
  const fullness = next.weight / blockWeight;
  if (fullness > 0.97 && next.lowestFeeRate > 0) {
    market.octaves += (log2(next.lowestFeeRate) + 0.1 - market.octaves) * FOLLOWING;
  } else {
    const target = RESTING.octaves + Math.max(0, market.octaves - RESTING.octaves) * fullness * 0.8;
    market.octaves += (target - market.octaves) * (RESTING.pull + 0.3 * (1 - fullness));
  }
}

/** What somebody offers, and how far they would go. */
export type Bid = {
  /** sat/vB. */
  readonly feeRate: number;
  readonly mostFeeRate: number;
  /** Seconds until they would offer more. */
  readonly patience: number;
};

export type Mood = {
  /** Octaves by which this kind of sender outbids the usual one. */
  readonly haste: number;
  /** Octaves above 1 sat/vB that it is worth to most. */
  readonly worth: number;
};

export const USUAL_MOOD: Mood = { haste: 0, worth: 3.4 };

/** `undefined` where the market asks more than it is worth to them. `crowd`: blocks' worth of transactions that wait. */
export function drawBid(market: FeeMarket, crowd: number, mood: Mood, random: Random): Bid | undefined {
  const seen = market.octaves + (crowd > 1 ? 0.3 * log2(Math.min(crowd, 16)) : 0);
  const manner = random.unit();
  // Who is in no hurry does not queue where many do.
  if (manner >= 0.7 && crowd > 1 + 4 * random.unit()) return undefined;
  const offset = manner < 0.22 ? 0.4 + 0.9 * random.unit() : manner < 0.7 ? 0.4 * random.unit() : -1.6 * random.unit();
  const most = mood.worth + 1.4 * random.bell();
  const offered = seen + offset + mood.haste + 0.12 * random.bell();
  if (offered > most) return undefined;
  const least = random.chance(USUAL_LEAST.share) ? USUAL_LEAST.feeRate : LEAST_FEE_RATE;
  const feeRate = Math.max(least, roundRate(powerOfTwo(offered), random));
  return { feeRate, mostFeeRate: powerOfTwo(most), patience: manner < 0.7 ? 1200 + 2400 * random.unit() : 86_400 };
}

/** Many wallets offer whole sat/vB. */
function roundRate(feeRate: number, random: Random): number {
  return random.chance(0.35) && feeRate > 1 ? Math.round(feeRate) : feeRate;
}
