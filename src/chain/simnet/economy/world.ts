import { Random } from "./chance/random.ts";
import { EPOCH } from "./mining/header-time.ts";
import { type Demand, firstDemand } from "./demand/demand.ts";
import type { FeeMarket } from "./demand/fee-market.ts";
import type { Density } from "./density.ts";
import { createLedger, type Ledger } from "./ledger/ledger.ts";
import { createMempool, type Mempool } from "./mempool/mempool.ts";
import { createHashPower, type HashPower } from "./mining/hash-power.ts";
import type { Race } from "./mining/race.ts";
import type { Tip } from "./mining/tip.ts";
import { createPopulation, type Population } from "./people/population.ts";
import { EXCHANGES } from "./people/entities.ts";
import { createStaging, type Staging } from "./staging/staged-event.ts";

/** Everything that what happens next depends on. */
export type World = {
  readonly seed: number;
  readonly density: Density;
  random: Random;
  readonly people: Population;
  /** Chain time, unix seconds. */
  time: number;
  /** When the next block will be found. */
  nextBlockAt: number;
  readonly tip: Tip;
  readonly mempool: Mempool;
  readonly demand: Demand;
  readonly market: FeeMarket;
  readonly hashPower: HashPower;
  /** Two branches that compete for the tip. */
  race: Race | undefined;
  readonly staging: Staging;
  readonly ledger: Ledger;
};

/** The world before block 0. A quiet one (`scheduled` false) has no events but those that are asked for. */
export function createWorld(seed: number, density: Density, { scheduled = true } = {}): World {
  return {
    seed,
    density,
    random: new Random(`simnet ${seed} ${density.name}`),
    people: createPopulation(seed, density),
    time: EPOCH,
    nextBlockAt: EPOCH,
    tip: { height: -1, hash: undefined, headerTimes: [] },
    mempool: createMempool(),
    demand: firstDemand(EXCHANGES.length),
    market: { octaves: 0.5 },
    hashPower: createHashPower(),
    race: undefined,
    staging: createStaging(scheduled),
    ledger: createLedger(),
  };
}
