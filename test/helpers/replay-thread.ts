/** Makes a simulated chain and replays it by Bitcoin's rules, in a thread of its own: coverage would slow it to a third. */
import { parentPort, workerData } from "node:worker_threads";
import { NETWORKS, subsidyAt } from "#bitcoin";
import { advance, createWorld, DENSITIES } from "#chain";
import { totalOf, UtxoReplay } from "./utxo-replay.ts";

export type ReplayOrder = {
  readonly seed: number;
  readonly density: keyof typeof DENSITIES;
  readonly blocks: number;
};

export type ReplayResult = {
  /** Hash of the tip, as it was replayed and as the world knows it. */
  readonly replayedTip: string | undefined;
  readonly worldTip: string | undefined;
  /** How many reorgs there were of each depth. */
  readonly reorgs: ReadonlyMap<number, number>;
  readonly transactions: number;
  /** Blocks with nothing but their coinbase. */
  readonly empty: number;
  /** Blocks whose time is more than half an hour after that of the next. */
  readonly clockJumps: number;
  readonly spentInBlock: number;
  /** How many different ones. */
  readonly targets: number;
  /** Sats, by the subsidies, by what is unspent and by what the wallets believe to own. */
  readonly issued: bigint;
  readonly unspent: bigint;
  readonly believed: bigint;
};

function replayChain({ seed, density, blocks }: ReplayOrder): ReplayResult {
  const world = createWorld(seed, DENSITIES[density]);
  const replay = new UtxoReplay(NETWORKS.simnet);
  const reorgs = new Map<number, number>();
  let depth = 0;
  let transactions = 0;
  let empty = 0;
  // Until the height is reached and no branches compete.
  while (world.tip.height < blocks || world.race !== undefined) {
    for (const happening of advance(world)) {
      if (happening.type === "disconnect") {
        replay.disconnect(happening.block);
        depth += 1;
        continue;
      }
      const { length } = replay.connect(happening.block);
      transactions += length;
      if (length === 1) empty += 1;
      if (depth > 0) reorgs.set(depth, (reorgs.get(depth) ?? 0) + 1);
      depth = 0;
    }
  }
  let issued = 0n;
  for (const height of replay.headers.keys()) issued += BigInt(subsidyAt(height, NETWORKS.simnet));
  const believed = world.people.wallets.reduce((total, { confirmed }) => total + confirmed, 0);
  return {
    replayedTip: replay.headers.at(-1)?.hash,
    worldTip: world.tip.hash,
    reorgs,
    transactions,
    empty,
    clockJumps: replay.headers.filter(({ time }, at) => time - (replay.headers[at + 1]?.time ?? time) > 1_800).length,
    spentInBlock: replay.spentInBlock,
    targets: new Set(replay.headers.map(({ bits }) => bits)).size,
    issued,
    unspent: totalOf([...replay.unspent.values()]),
    believed: BigInt(believed),
  };
}

parentPort?.postMessage(replayChain(workerData as ReplayOrder), []);
