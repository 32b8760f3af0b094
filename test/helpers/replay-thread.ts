/** Replays a simulated chain by Bitcoin's rules, in a thread of its own: coverage would slow it to a third. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { NETWORKS, subsidyAt } from "#bitcoin";
import { openSource, parseSourceSpec } from "#chain";
import { totalOf, UtxoReplay } from "./utxo-replay.ts";

export type ReplayOrder = { readonly seed: number; readonly blocks: number };

export type ReplayResult = {
  /** Height of the tip. */
  readonly height: number;
  /** How many reorgs there were of each depth. */
  readonly reorgs: ReadonlyMap<number, number>;
  readonly spentInBlock: number;
  /** How many different ones. */
  readonly targets: number;
  /** Sats, by the subsidies and by what is unspent. */
  readonly issued: bigint;
  readonly unspent: bigint;
};

async function replayChain({ seed, blocks }: ReplayOrder): Promise<ReplayResult> {
  const snapshotDir = await mkdtemp(join(tmpdir(), "utxoiq-replay-"));
  const source = await openSource(parseSourceSpec(`simnet:${seed}`), {
    network: "simnet",
    pace: 1,
    historyBlocks: blocks,
    finality: 100,
    requestsPerSecond: 1,
    allowBackfill: false,
    snapshotDir,
  });
  if (source.kind !== "chain") throw new Error("a simulated network is a chain");
  const replay = new UtxoReplay(NETWORKS.simnet);
  const reorgs = new Map<number, number>();
  let depth = 0;
  for await (const event of source.follow([], new AbortController().signal)) {
    if (event.type === "disconnect") {
      replay.disconnect(event.block);
      depth += 1;
      continue;
    }
    replay.connect(event.block);
    if (depth > 0) reorgs.set(depth, (reorgs.get(depth) ?? 0) + 1);
    depth = 0;
    if (event.block.height >= blocks) break;
  }
  await source.close();
  await rm(snapshotDir, { recursive: true });
  let issued = 0n;
  for (const height of replay.headers.keys()) issued += BigInt(subsidyAt(height, NETWORKS.simnet));
  return {
    height: replay.headers.length - 1,
    reorgs,
    spentInBlock: replay.spentInBlock,
    targets: new Set(replay.headers.map(({ bits }) => bits)).size,
    issued,
    unspent: totalOf([...replay.unspent.values()]),
  };
}

if (parentPort === null) throw new Error("this runs in a thread");
parentPort.postMessage(await replayChain(workerData as ReplayOrder), []);
