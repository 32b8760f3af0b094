import { COIN } from "#bitcoin";
import type { BlockFeatures, Entity, EntityFlow } from "#features";
import type { BlockRow } from "#signals";
import { pseudoRandom } from "./pseudo-random.ts";
import { storedBlock } from "./stored-blocks.ts";

const POOLS = ["Birch Pool", "Elm Pool", "Oak Pool"];

/** Besides exchanges: owners and pools that move coins on their days. */
const OTHERS: readonly Entity[] = [
  ...["Ada", "Bob", "Cy"].map((actor) => ({ actor, kind: "person" }) as const),
  { actor: "Ada", kind: "other" },
  { actor: "Fund", kind: "simulated" },
  ...POOLS.map((actor) => ({ actor, kind: "pool" }) as const),
];

/** Blocks from one surge of everything to the next, and what it makes of a number. */
export const SURGE_EVERY = 1_009;
export const SURGE_BLOCKS = 12;
const SURGE = 40;

/** A chain on which now and then something stands out, with exchanges that come and go. */
export function eventfulRows(length: number): BlockRow[] {
  const random = pseudoRandom(7);
  return Array.from({ length }, (_, height) => {
    const { features, transfers, flows } = storedBlock(height);
    const isEventful = height % 97 < 3;
    const surge = height % SURGE_EVERY < SURGE_BLOCKS ? SURGE : 1;
    const isRush = height % 1_453 < 3;
    const boost = isEventful ? 60 : 1;
    const rate = (2 + random() * 3) * boost;
    const moves = transfers.map((transfer) => {
      const value = Math.floor((100 + 300 * random()) * COIN * boost);
      return { ...transfer, value, toValue: value, kind: null, from: null, to: null };
    });
    const entities = ["early", "steady", "late"]
      .filter((name) => name === "steady" || (name === "early") === height < length / 3)
      .map((actor): EntityFlow => {
        const amount = Math.floor(random() * 9 * COIN * (isRush ? 1_000 : 1));
        return flowOf({ actor, kind: "exchange" }, amount, amount / 2);
      });
    const others = OTHERS.filter((_, place) => (height + 700 * place) % 2_100 < 1_400 && random() < 0.4).map((entity) =>
      flowOf(entity, Math.floor(random() * 90 * COIN * surge), Math.floor(random() * 60 * COIN * surge)),
    );
    return {
      features: { ...features, ...measured(random, surge), feerate_percentiles_exact: rates(rate) },
      transfers: moves,
      flows: { ...flows, entities: [...entities, ...others] },
    };
  });
}

function rates(middle: number): BlockFeatures["feerate_percentiles_exact"] {
  return [middle / 2, middle / 1.5, middle, middle * 2, middle * 3];
}

/** What other detectors look at; now and then a block is empty or of nobody, or its coins' heights are not known. */
function measured(random: () => number, surge: number): Partial<BlockFeatures> {
  const name = POOLS[Math.floor(random() * 4)];
  const isKnown = random() > 0.01;
  return {
    txs: random() < 0.02 * surge ? 1 : 2_000,
    total_weight: Math.floor((4_000_000 * (1 - random() ** 4)) / surge),
    interval: Math.floor(-600 * Math.log(1 - random()) * surge),
    difficulty: 1_000 + random(),
    pool: name === undefined ? null : { name, by: "tag" },
    inscriptions: Math.floor(random() * 40 * surge),
    dormancy: isKnown ? random() * 30 : null,
    coin_days_destroyed: isKnown ? random() * 90_000 * surge : null,
    revived_supply: isKnown ? Math.floor(random() * 90 * COIN * surge) : null,
  };
}

function flowOf(entity: Entity, inflow: number, outflow: number): EntityFlow {
  const nothing = { inHouse: 0, interEntityIn: 0, interEntityOut: outflow / 4, mined: 0, inHouseTransactions: 0 };
  return { entity, ...nothing, inflow, outflow, deposits: 1, withdrawals: 1 };
}
