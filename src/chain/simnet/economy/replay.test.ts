import { describe, expect, test } from "vitest";
import { NETWORKS, type SpentOutputs, subsidyAt } from "#bitcoin";
import { totalOf, UtxoReplay } from "../../../../test/helpers/utxo-replay.ts";
import type { ChainBlock } from "../../chain-source.ts";
import { advance, createWorld, DENSITIES, type World } from "./index.ts";

/** Long enough for two retargets and reorgs of more than one block; a file of its own, as it takes half a minute. */
const BLOCKS = 5_000;

/** Until the height is reached and no branches compete. */
function* happenings(world: World, height: number) {
  while (world.tip.height < height || world.race !== undefined) yield* advance(world);
}

test(`${BLOCKS} blocks with their reorgs hold by Bitcoin's rules`, { timeout: 240_000 }, () => {
  const world = createWorld(42, DENSITIES.demo);
  const replay = new UtxoReplay(NETWORKS.simnet);
  const reorgs = new Map<number, number>();
  let depth = 0;
  for (const happening of happenings(world, BLOCKS)) {
    if (happening.type === "disconnect") {
      replay.disconnect(happening.block);
      depth += 1;
      continue;
    }
    replay.connect(happening.block);
    if (depth > 0) reorgs.set(depth, (reorgs.get(depth) ?? 0) + 1);
    depth = 0;
  }
  expect(replay.headers.at(-1)?.hash).toBe(world.tip.hash);
  expect(reorgs.get(1)).toBeGreaterThan(5);
  expect([...reorgs.keys()].some((deep) => deep > 1)).toBe(true);
  expect(replay.spentInBlock).toBeGreaterThan(100);
  expect(new Set(replay.headers.map(({ bits }) => bits)).size).toBe(3);
  let issued = 0n;
  for (const height of replay.headers.keys()) issued += BigInt(subsidyAt(height, NETWORKS.simnet));
  expect(totalOf([...replay.unspent.values()])).toBe(issued);
  const believed = world.people.wallets.reduce((total, { confirmed }) => total + confirmed, 0);
  expect(BigInt(believed)).toBe(issued);
});

describe("the replay notices", () => {
  const world = createWorld(42, DENSITIES.demo);
  const blocks: ChainBlock[] = [];
  for (const happening of happenings(world, 3)) if (happening.type === "connect") blocks.push(happening.block);
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
