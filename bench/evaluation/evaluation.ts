import { type DetectionSpeed, measureDetection } from "./detection-speed.ts";
import type { SeedOrder, SeedResult } from "./evaluate-seed.ts";
import { runSeeds } from "./run-seeds.ts";
import { type KindScore, scoreKinds } from "./score-kinds.ts";

export type Evaluation = {
  readonly blocks: number;
  readonly kinds: readonly KindScore[];
  readonly inHouse: { readonly shuffles: number; readonly alarms: number };
  /** Of all signals that were told on staged seeds. */
  readonly duplicateRate: number;
  readonly speed: DetectionSpeed;
};

export async function evaluate(
  orders: readonly SeedOrder[],
  onDone: (result: SeedResult) => void,
): Promise<Evaluation> {
  const results = await runSeeds(orders, onDone);
  const kinds = scoreKinds(results);
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  return {
    blocks: total(results.map(({ blocks }) => blocks)),
    kinds,
    inHouse: {
      shuffles: total(results.map(({ shuffles }) => shuffles)),
      alarms: total(results.map(({ inHouseAlarms }) => inHouseAlarms)),
    },
    duplicateRate: total(kinds.map(({ duplicates }) => duplicates)) / total(kinds.map(({ told }) => told)),
    speed: measureDetection(orders[0]?.seed ?? 0),
  };
}
