import { performance } from "node:perf_hooks";
import { NETWORKS } from "#bitcoin";
import { describeSimulation, simulateWithTruth } from "#chain";
import { extractFeatures, type LabelLookup } from "#features";
import { composeBlock, type Insight } from "#insights";
import { createSourceCompiler, KNOWN_LABEL } from "#labels";
import { sha256 } from "#lib";
import { type BlockRow, Detection } from "#signals";
import { medianOf } from "../median-of.ts";
import { orderOf } from "../evaluation/seeds.ts";

export type SimulatedInsights = {
  readonly insights: readonly Insight[];
  /** Blocks that have an insight, and how long each took from its bytes to its texts. */
  readonly timed: number;
  readonly medianMs: number;
  readonly longestMs: number;
};

const network = NETWORKS.simnet;

/** The insights of a staged chain, told as live ingest tells them, without the store. */
export function simulateInsights({
  seed,
  blocks,
}: {
  readonly seed: number;
  readonly blocks: number;
}): SimulatedInsights {
  const order = orderOf(seed, true, blocks);
  const labels = labelsOf(order.seed);
  const insights: Insight[] = [];
  const durations: number[] = [];
  const detection = new Detection();
  const times: number[] = [];
  for (const { happenings } of simulateWithTruth(order)) {
    for (const happening of happenings) {
      // Of two blocks at a height the first is kept: what is said of it is a text as good as another.
      if (happening.type === "disconnect" || happening.block.height !== times.length) continue;
      const { height, bytes, spent } = happening.block;
      const started = performance.now();
      const input = { height, block: bytes, spent, parentTimes: times.slice(-10) };
      const { features, transfers, flows } = extractFeatures(input, { network, labels, sha256 });
      if (flows === undefined) throw new Error(`block ${height} came without the outputs that it spends`);
      const row: BlockRow = { features, transfers, flows };
      const context = { blockTime: features.time, simulated: true, sha256 };
      const signals = detection.take(row);
      const composed = composeBlock({ signals, updates: detection.updates }, context);
      const told = [...composed.insights, ...composed.updates];
      if (told.length > 0) durations.push(performance.now() - started);
      insights.push(...told);
      times.push(features.time);
    }
  }
  return {
    insights,
    timed: durations.length,
    medianMs: medianOf(durations),
    longestMs: Math.max(...durations),
  };
}

function labelsOf(seed: number): LabelLookup {
  const { pools, labels } = describeSimulation(seed, "demo");
  const compiler = createSourceCompiler({ network, sha256 }, pools);
  for (const label of labels.list()) compiler.add({ ...KNOWN_LABEL, ...label, tag: null });
  return compiler.finish(1);
}
