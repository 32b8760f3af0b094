import { expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import type { BlockSetSource, ChainEvent } from "#chain";
import type { BlockFeatures } from "#features";
import { createProcessContext } from "#ingest";
import { extend, reorgEvents } from "../../test/fixtures/small-chain.ts";
import { featuresOfEvents } from "./features-of-events.ts";

const source: BlockSetSource = {
  name: "test",
  description: "a test",
  kind: "set",
  network: NETWORKS.regtest,
  chainId: "test",
  pools: [],
  size: 0,
  now: () => 1_700_000_000,
  async *blocks() {},
  close: async () => {},
};
const context = createProcessContext(source);

async function read(events: readonly ChainEvent[], finality: number): Promise<BlockFeatures[]> {
  const all: BlockFeatures[] = [];
  for await (const { features } of featuresOfEvents(events, context, finality)) all.push(features);
  return all;
}

test.each([1, 7, 20])("after a reorg of %i blocks the parents are those of the new branch", async (depth) => {
  const first = extend([], 60, "first");
  const second = extend(first.slice(0, -depth), depth + 3, "second");
  const straight = await read(reorgEvents([], second), 20);
  const turned = await read([...reorgEvents([], first), ...reorgEvents(first, second)], 20);
  expect(turned.slice(-depth - 3)).toEqual(straight.slice(-depth - 3));
  expect(turned.every(({ mediantime }) => mediantime !== null)).toBe(true);
});
