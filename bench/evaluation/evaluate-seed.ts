import { Detection, DETECTORS, lookBackOf, type Signal, type SignalKind } from "#signals";
import { findInHouseAlarms } from "./in-house.ts";
import { matchEvents } from "./match-events.ts";
import { orderOf } from "./seeds.ts";
import { simulateRows } from "./simulate-rows.ts";

export type SeedOrder = { readonly seed: number; readonly isStaged: boolean; readonly blocks: number };

/** What became of the signals of one kind on one seed. */
export type KindCounts = {
  readonly kind: SignalKind;
  readonly found: number;
  readonly missed: number;
  /** Blocks from the beginning of each event that was found to its signal. */
  readonly delays: readonly number[];
  readonly duplicates: number;
  readonly emergent: number;
  readonly falseAlarms: number;
};

export type SeedResult = SeedOrder & {
  /** Blocks in which something could have been told: those after the look-back. */
  readonly judgedBlocks: number;
  readonly kinds: readonly KindCounts[];
  readonly signals: number;
  readonly shuffles: number;
  readonly inHouseAlarms: number;
  readonly detectionSeconds: number;
};

/** Simulates a seed, looks for what stands out, and holds it against the ledger. */
export function evaluateSeed(order: SeedOrder): SeedResult {
  const { rows, truth } = simulateRows(orderOf(order.seed, order.isStaged, order.blocks));
  const began = performance.now();
  const detection = new Detection();
  const signals: Signal[] = [];
  for (const row of rows) signals.push(...detection.take(row));
  const detectionSeconds = (performance.now() - began) / 1_000;
  // One look-back for all kinds, so that all are asked about the same blocks.
  const from = lookBackOf(DETECTORS);
  const range = { from, to: rows.length - 1 };
  const matches = DETECTORS.map(({ kind }) => ({ kind, ...matchEvents(kind, { signals, truth, ...range }) }));
  const falseAlarms = matches.flatMap((match) => match.falseAlarms);
  const inHouse = findInHouseAlarms({ signals, falseAlarms, truth }, from);
  return {
    ...order,
    judgedBlocks: rows.length - from,
    kinds: matches.map(({ kind, found, missed, duplicates, emergent, falseAlarms: alarms }) => ({
      kind,
      found: found.length,
      missed: missed.length,
      delays: found.map(({ event, signal }) => signal.height - event.startHeight),
      duplicates: duplicates.length,
      emergent: emergent.length,
      falseAlarms: alarms.length,
    })),
    signals: signals.filter(({ height }) => height >= from).length,
    shuffles: inHouse.shuffles,
    inHouseAlarms: inHouse.alarms.length,
    detectionSeconds,
  };
}
