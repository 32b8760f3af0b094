import { beforeAll, describe, expect, test } from "vitest";
import { COIN } from "#bitcoin";
import type { EventRequest } from "../chain-source.ts";
import { ChainWalk } from "./chain-walk.ts";
import { advance, createWorld, DENSITIES, mostMovable, takeEntries } from "./economy/index.ts";
import { stageEvent } from "./stage-event.ts";
import { StagedEvents } from "./staged-events.ts";

/** Below 100 blocks no pool may spend anything. */
const BLOCKS = 20;

const staged = await StagedEvents.open({ list: async () => [], append: async () => {} });
const live = new ChainWalk({ seed: 42, density: DENSITIES.demo, chainId: "", staged });

beforeAll(async () => {
  while (live.world.tip.height < BLOCKS) await live.step();
});

async function ask(request: EventRequest) {
  return { answer: await stageEvent({ live, staged }, request), staged: staged.all.at(-1) };
}

describe("more than there is cannot be staged", () => {
  test.each([
    [{ kind: "treasury-sale", entity: "Alder Pool" }, "for Alder Pool can move at most 0 BTC now."],
    [{ kind: "treasury-sale", size: 100 }, "treasury-sale can move at most 0 BTC now, not 100."],
    [{ kind: "outflow-spike", entity: "Brindle Exchange", size: 60_000 }, /at most (39|40),\d+ BTC now, not 60,000\./],
    [{ kind: "in-house-shuffle", entity: "Brindle Exchange", size: 60_000 }, /at most 3\d,\d+ BTC now, not 60,000\./],
    [{ kind: "dormant-coins", size: 40_000 }, /at most [4-9],\d+ BTC now, not 40,000\./],
    [{ kind: "very-large-transfer", size: 1_000_000 }, /at most \d+,\d+ BTC now, not 1,000,000\./],
  ])("%o", async (request, reason) => {
    await expect(ask(request)).rejects.toMatchObject({
      code: "CHAIN_SIMNET_EVENT",
      message: expect.stringMatching(reason),
    });
  });
});

test("as many dormant coins as can be staged move, where all of them move at once too", () => {
  const told = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
    const world = createWorld(seed, DENSITIES.demo, { scheduled: false });
    while (world.tip.height < BLOCKS) advance(world);
    const size = Math.floor((mostMovable(world, "dormant-coins", undefined) ?? 0) / COIN);
    const request = { kind: "dormant-coins", size, blocks: 1, time: world.time } as const;
    while (world.tip.height < BLOCKS + 4) advance(world, [request]);
    const [event] = takeEntries(world.ledger).filter(({ type }) => type === "event");
    if (event?.type !== "event") throw new Error("the event is over");
    expect(event).toMatchObject({ kind: "dormant-coins", size: size * COIN, planned: size * COIN });
    return event.transfers.length;
  });
  expect(told).toContain(1);
});

test("what is left open happens to somebody for whom there is enough", async () => {
  // A fifth of all exchanges' coins: only the largest two have so many.
  const names = new Set<unknown>();
  for (let left = 12; left > 0; left -= 1) {
    const { staged } = await ask({ kind: "outflow-spike", size: 180_000 });
    names.add(staged?.entity);
  }
  expect([...names].filter((name) => name !== "Quillmark Exchange" && name !== "Ostrelle Exchange")).toEqual([]);
});

test("what happens to all, or moves nothing, is never too much", async () => {
  expect(await ask({ kind: "fee-spike", size: 20 })).toMatchObject({ answer: { entity: null, size: 20 } });
  expect(await ask({ kind: "tag-forgery", entity: "alder pool" })).toMatchObject({ staged: { entity: "Alder Pool" } });
});
