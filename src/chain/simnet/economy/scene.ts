import type { FeeDemand } from "./fee-demand.ts";
import type { Population } from "./population.ts";
import type { Random } from "./random.ts";

/** What whoever makes a transaction for the next block can see. */
export type Scene = {
  readonly height: number;
  readonly people: Population;
  readonly demand: FeeDemand;
  readonly random: Random;
};
