import { NETWORKS } from "#bitcoin";
import {
  describeSimulation,
  type LedgerEntry,
  type SimulationOrder,
  simulateWithTruth,
  type UnfinishedEvent,
} from "#chain";
import { extractFeatures, type LabelLookup } from "#features";
import { createSourceCompiler, KNOWN_LABEL } from "#labels";
import { sha256 } from "#lib";
import type { BlockRow } from "#signals";

export type SimulatedRows = {
  /** Of the winning chain, ascending by height, from block 0 on. */
  readonly rows: readonly BlockRow[];
  /** Compact targets of their headers. */
  readonly bits: readonly number[];
  readonly truth: readonly LedgerEntry[];
  /** What was staged and is not over at the end. */
  readonly unfinished: readonly UnfinishedEvent[];
};

const network = NETWORKS.simnet;

/** A simulated chain as detectors see it, beside the truth behind it. */
export function simulateRows(order: SimulationOrder): SimulatedRows {
  const labels = labelsOfSimulation(order);
  const rows: BlockRow[] = [];
  const bits: number[] = [];
  const truth: LedgerEntry[] = [];
  let unfinished: readonly UnfinishedEvent[] = [];
  for (const { happenings, truth: entries, running } of simulateWithTruth(order)) {
    unfinished = running.map(({ kind, entity, startHeight }) => ({ kind, entity, startHeight }));
    truth.push(...entries);
    for (const happening of happenings) {
      if (happening.type === "disconnect") {
        rows.pop();
        bits.pop();
        continue;
      }
      const { height, bytes, spent } = happening.block;
      const parentTimes = rows.slice(-10).map(({ features }) => features.time);
      const input = { height, block: bytes, spent, parentTimes };
      const { header, features, transfers, flows } = extractFeatures(input, { network, labels, sha256 });
      if (flows === undefined) throw new Error(`block ${height} came without the outputs that it spends`);
      rows.push({ features, transfers, flows });
      bits.push(header.bits);
    }
  }
  return { rows, bits, truth, unfinished };
}

function labelsOfSimulation({ seed, density }: SimulationOrder): LabelLookup {
  const { pools, labels } = describeSimulation(seed, density);
  const compiler = createSourceCompiler({ network, sha256 }, pools);
  for (const label of labels.list()) compiler.add({ ...KNOWN_LABEL, ...label, tag: null });
  return compiler.finish(1);
}
