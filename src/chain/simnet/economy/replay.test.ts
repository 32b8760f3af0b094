import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { NETWORKS, type SpentOutputs } from "#bitcoin";
import type { ReplayOrder, ReplayResult } from "../../../../test/helpers/replay-thread.ts";
import { UtxoReplay } from "../../../../test/helpers/utxo-replay.ts";
import type { ChainBlock } from "../../chain-source.ts";
import { advance, createWorld, DENSITIES } from "./index.ts";

/** Long enough for two retargets and reorgs of more than one block; a file of its own, as it takes half a minute. */
const BLOCKS = 4_100;

test(`${BLOCKS} blocks with their reorgs hold by Bitcoin's rules`, { timeout: 240_000 }, async () => {
  const { reorgs, issued, ...replay } = await replayInThread({ seed: 42, density: "demo", blocks: BLOCKS });
  expect(replay.replayedTip).toBe(replay.worldTip);
  expect(reorgs.get(1)).toBeGreaterThan(5);
  expect([...reorgs.keys()].some((deep) => deep > 1)).toBe(true);
  expect(replay.empty).toBeGreaterThan(10);
  expect(replay.clockJumps).toBeGreaterThan(1);
  expect(replay.spentInBlock).toBeGreaterThan(100);
  expect(replay.targets).toBe(3);
  expect(replay.unspent).toBe(issued);
  expect(replay.believed).toBe(issued);
});

/** Blocks as full as real ones; each takes a third of a second to replay. */
const FULL_BLOCKS = 12;

test(`${FULL_BLOCKS} blocks of the realistic density hold by them too`, { timeout: 120_000 }, async () => {
  const { issued, ...replay } = await replayInThread({ seed: 42, density: "realistic", blocks: FULL_BLOCKS });
  expect(replay.replayedTip).toBe(replay.worldTip);
  expect(replay.transactions).toBeGreaterThan(1_500 * FULL_BLOCKS);
  expect(replay.unspent).toBe(issued);
  expect(replay.believed).toBe(issued);
});

async function replayInThread(order: ReplayOrder): Promise<ReplayResult> {
  const file = new URL("../../../../test/helpers/replay-thread.ts", import.meta.url);
  const [result] = await once(new Worker(file, { workerData: order }), "message");
  return result as ReplayResult;
}

describe("the replay notices", () => {
  const world = createWorld(42, DENSITIES.demo);
  const blocks: ChainBlock[] = [];
  while (world.tip.height < 3) {
    for (const happening of advance(world)) if (happening.type === "connect") blocks.push(happening.block);
  }
  const last = blocks.pop();
  if (last === undefined) throw new Error("there are blocks");
  const { bytes, spent } = last;
  const before = new UtxoReplay(NETWORKS.simnet);
  for (const block of blocks) before.connect(block);
  const again = () => before.connect(last);

  test("a block on another than its parent", () => {
    again();
    expect(again).toThrow("heights rise by one");
  });

  test("what is undone: the same block fits again", () => {
    const unspent = [...before.unspent.keys()].toSorted();
    before.disconnect(last);
    expect([...before.unspent.keys()].toSorted()).not.toEqual(unspent);
    again();
    expect([...before.unspent.keys()].toSorted()).toEqual(unspent);
    before.disconnect(last);
  });

  test("a changed byte", () => {
    const flipped = bytes.map((byte, at) => (at === bytes.length - 6 ? byte ^ 1 : byte));
    expect(() => before.connect({ ...last, bytes: flipped })).toThrow("merkle root");
  });

  test.each([
    ["heights of coins", { bytes: spent?.bytes, coinHeights: spent?.coinHeights?.map((height) => height + 1) }],
    ["spent outputs", { bytes: spent?.bytes.with(4, 1 ^ (spent.bytes[4] ?? 0)), coinHeights: spent?.coinHeights }],
  ])("wrong %s", (_, wrong) => {
    const replay = new UtxoReplay(NETWORKS.simnet);
    for (const block of blocks) replay.connect(block);
    expect(() => replay.connect({ ...last, spent: wrong as SpentOutputs })).toThrow("strictly");
  });

  test("a coin that is spent twice", () => {
    const replay = new UtxoReplay(NETWORKS.simnet);
    for (const block of blocks) replay.connect(block);
    replay.connect(last);
    replay.headers.pop();
    expect(() => replay.connect(last)).toThrow("which is not there");
  });
});
