import type { EntityFlow } from "#features";
import { type BlockRow, Detection } from "#signals";
import { orderOf } from "./seeds.ts";
import { simulateRows } from "./simulate-rows.ts";

const BLOCKS = 5_000;
const ENTITIES = 100;

export type DetectionSpeed = {
  readonly entities: number;
  readonly blocksPerSecond: number;
  readonly signals: number;
};

/** Blocks a second through all detectors, on one core, where a hundred entities move coins in every block. */
export function measureDetection(seed: number): DetectionSpeed {
  const { rows } = simulateRows(orderOf(seed, true, BLOCKS));
  const crowded = rows.map(crowd);
  const began = performance.now();
  const detection = new Detection();
  let signals = 0;
  for (const row of crowded) signals += detection.take(row).length;
  const seconds = (performance.now() - began) / 1_000;
  return { entities: ENTITIES, blocksPerSecond: Math.round(crowded.length / seconds), signals };
}

/** The same block with as many exchanges: what each moves is a part of what others move, so that none is like another. */
function crowd(row: BlockRow): BlockRow {
  const { entities } = row.flows;
  const more = Array.from({ length: ENTITIES - entities.length }, (_, index): EntityFlow => {
    const like = entities[index % Math.max(1, entities.length)];
    const share = 1 / (index + 2);
    const amount = (value: number | undefined): number => Math.floor((value ?? 0) * share);
    return {
      entity: { actor: `Exchange ${index}`, kind: "exchange" },
      inflow: amount(like?.inflow),
      outflow: amount(like?.outflow),
      inHouse: 0,
      interEntityIn: 0,
      interEntityOut: 0,
      mined: 0,
      deposits: 1,
      withdrawals: 1,
      inHouseTransactions: 0,
    };
  });
  return { ...row, flows: { ...row.flows, entities: [...entities, ...more] } };
}
