import { drawCount } from "../chance/octaves.ts";
import { demandFactor } from "../demand/demand.ts";
import { drawBid, type Mood, USUAL_MOOD } from "../demand/fee-market.ts";
import { demandOctaves, waveFactor, worthOctaves } from "../staging/effects.ts";
import type { StagedKind } from "../staging/kinds.ts";
import type { World } from "../world.ts";
import { joinCoins } from "./coinjoin.ts";
import { consolidate } from "./consolidation.ts";
import { deposit, withdraw } from "./customers.ts";
import { carryData, inscribe } from "./data-carriers.ts";
import type { Offer } from "./offer.ts";
import { payMerchant, payUser } from "./payments.ts";
import { transferOfWhale } from "./whale-transfers.ts";

/** Tries to make one transaction (or a few that belong together); false where whoever was picked could not. */
type Activity = {
  readonly act: (world: World, offer: Offer) => boolean;
  /** Of a hundred wishes to send. */
  readonly share: number;
  /** Beside that, in ten minutes, however many users there are. */
  readonly perBlock?: number;
  readonly mood: Mood;
  readonly wave?: StagedKind;
};

/** What people do of their own accord. */
const ACTIVITIES: readonly Activity[] = [
  { act: payUser, share: 42, mood: USUAL_MOOD },
  { act: payMerchant, share: 7, mood: USUAL_MOOD },
  { act: deposit, share: 12, mood: { haste: 0.2, worth: 4.2 } },
  { act: withdraw, share: 7, mood: { haste: 0.25, worth: 5 } },
  { act: consolidate, share: 3.5, mood: { haste: -1.2, worth: 1.8 }, wave: "consolidation-wave" },
  { act: joinCoins, share: 0.3, mood: { haste: -0.3, worth: 3.4 }, wave: "coinjoin-wave" },
  { act: inscribe, share: 5, mood: { haste: -0.6, worth: 2.6 }, wave: "inscription-wave" },
  { act: carryData, share: 22, mood: { haste: -0.4, worth: 2.8 } },
  { act: transferOfWhale, share: 0, perBlock: 0.16, mood: { haste: 0.6, worth: 20 } },
];

const ATTEMPTS = 3;

/** What is sent within so many seconds. */
export function actFor(world: World, seconds: number): void {
  const { density, demand, random, time } = world;
  const wishes = (density.transactionsPerBlock * seconds) / 600;
  const factor = demandFactor(demand, time, demandOctaves(world));
  const weights = ACTIVITIES.map(
    ({ share, perBlock = 0, wave }) =>
      (share / 100 + perBlock / density.transactionsPerBlock) * (wave === undefined ? 1 : waveFactor(world, wave)),
  );
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  for (let left = drawCount(random, wishes * factor * whole); left > 0; left -= 1) {
    const activity = ACTIVITIES[random.pickWeighted(weights)];
    if (activity !== undefined) attempt(world, activity);
  }
}

/** What cannot be done (whoever was picked has no money) is tried with somebody else. */
function attempt(world: World, { act, mood }: Activity): void {
  const offer = drawBid(
    world.market,
    crowdOf(world),
    { ...mood, worth: mood.worth + worthOctaves(world) },
    world.random,
  );
  if (offer === undefined) return;
  for (let left = ATTEMPTS; left > 0; left -= 1) if (act(world, offer)) return;
}

/** Blocks' worth of transactions that wait. */
function crowdOf({ mempool, density }: World): number {
  return mempool.weight / density.blockWeight;
}
