import { readdirSync } from "node:fs";
import { join } from "node:path";
import { NETWORKS } from "#bitcoin";
import { openSource } from "#chain";
import { createProcessContext, extractBlock } from "#ingest";
import { composeBlock, type Insight } from "#insights";
import { createLabelCompiler, readLabelFiles } from "#labels";
import { sha256 } from "#lib";
import { Detection } from "#signals";

const network = NETWORKS.mainnet;

/** Of real blocks that stand alone, by the label files of the same folder: what needs no history. */
export async function listRealInsights(folder: string): Promise<readonly Insight[]> {
  const signal = new AbortController().signal;
  const options = { network: network.name, finality: 100, pace: 60, requestsPerSecond: 1, historyBlocks: 0 } as const;
  const source = await openSource(
    { kind: "dir", path: join(folder, "blocks") },
    { ...options, snapshotDir: folder, allowBackfill: false },
    signal,
  );
  if (source.kind !== "set") throw new Error("a directory is a set of blocks");
  const compiler = createLabelCompiler({ network, sha256 }, source.pools);
  const packs = readdirSync(join(folder, "labels/tagpacks")).map((file) => join(folder, "labels/tagpacks", file));
  for await (const label of readLabelFiles(packs, { network, sha256, skipRefused: true }).labels) compiler.add(label);
  const context = createProcessContext(source, { labels: compiler.finish(0) });
  const insights: Insight[] = [];
  for await (const block of source.blocks(signal)) {
    const { header, features, transfers, flows } = extractBlock(block, undefined, context);
    if (flows === undefined) continue;
    const told = { blockTime: header.time, simulated: false, sha256 };
    const detection = new Detection();
    const signals = detection.take({ features, transfers, flows });
    insights.push(...composeBlock({ signals, updates: detection.updates }, told).insights);
  }
  return insights;
}
