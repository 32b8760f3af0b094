import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { extend, linksOf } from "../../../test/fixtures/small-chain.ts";
import { type Conduct, type NodeStep, scriptedNode } from "../../../test/helpers/scripted-node.ts";
import type { ChainBlock, ChainEvent, ChainLink, SourceHealth } from "../chain-source.ts";
import { followTip } from "./follow-tip.ts";

type Followed = { readonly events: readonly ChainEvent[]; readonly health: readonly SourceHealth[] };

type Script = {
  readonly held?: readonly ChainLink[];
  readonly finality?: number;
  readonly questionsAStep?: number;
  readonly heardAt?: number;
};

async function follow(steps: readonly NodeStep[], script: Script = {}): Promise<Followed> {
  const { held = [], finality = 100, questionsAStep = Infinity, heardAt } = script;
  const stop = new AbortController();
  const node = scriptedNode(steps, { questionsAStep, onEnd: () => stop.abort() });
  const events: ChainEvent[] = [];
  const health: SourceHealth[] = [];
  const reader = heardAt === undefined ? node.reader : { ...node.reader, heardAt: () => heardAt };
  const options = { reader, network: NETWORKS.regtest, held, firstHeight: 0, finality };
  const sleep = async (): Promise<void> => node.next();
  const signal = stop.signal;
  for await (const event of followTip({ ...options, signal, sleep, onHealth: (state) => health.push(state) })) {
    events.push(event);
  }
  return { events, health };
}

/** What whoever heard the events holds; fails where one does not fit what came before. */
function replay(events: readonly ChainEvent[], held: readonly { hash: string; height: number }[] = []): string[] {
  const chain = held.map(({ hash }) => hash);
  for (const { type, block } of events) {
    if (type === "disconnect") expect(chain.pop()).toBe(block.hash);
    else chain.push(block.hash);
    expect(chain.length - 1).toBe(type === "connect" ? block.height : block.height - 1);
  }
  return chain;
}

const hashesOf = (blocks: readonly ChainBlock[]): string[] => blocks.map(({ hash }) => hash);
const truth = (chain: readonly ChainBlock[]): NodeStep => ({ chain, conduct: "true" });
const typesOf = ({ events }: Followed): string[] => events.map(({ type, block }) => `${type} ${block.height}`);

const main = extend([], 30, "main");

describe("following a tip", () => {
  test("begins with the first block, or goes on from what is held", async () => {
    const all = await follow([truth(main)]);
    expect(replay(all.events)).toEqual(hashesOf(main));
    const rest = await follow([truth(main)], { held: linksOf(main.slice(0, 27)) });
    expect(typesOf(rest)).toEqual(["connect 27", "connect 28", "connect 29"]);
    expect(rest.events.every((event) => event.type === "connect" && event.tipHeight === 29)).toBe(true);
  });

  test("knows when it heard of what came after it had waited, and of nothing else", async () => {
    const begun = performance.now();
    const { events } = await follow([truth(main.slice(0, 20)), truth(main.slice(0, 21)), truth(main)]);
    const heard = events.flatMap((event) => (event.type === "connect" ? [event.heardAt] : []));
    expect(heard.slice(0, 20).every((at) => at === undefined)).toBe(true);
    expect(heard.slice(20).every((at) => at !== undefined && at >= begun && at <= performance.now())).toBe(true);
    expect(heard[21]).toBeGreaterThanOrEqual(heard[20] ?? Infinity);
    const known = await follow([truth(main.slice(0, 20)), truth(main)], { heardAt: 5 });
    const told = known.events.map((event) => (event.type === "connect" ? event.heardAt : undefined));
    expect([told.slice(0, 20), told.slice(20)]).toEqual([Array.from({ length: 20 }), Array(10).fill(5)]);
  });

  test("leaves a branch for one with more work, highest block first, and never for one with as much", async () => {
    const rival = extend(main.slice(0, 28), 2, "rival");
    const longer = extend(rival, 1, "rival");
    expect(typesOf(await follow([truth(main), truth(rival)], { held: linksOf(main) }))).toEqual([]);
    expect(typesOf(await follow([truth(main), truth(rival), truth(longer)], { held: linksOf(main) }))).toEqual([
      "disconnect 29",
      "disconnect 28",
      "connect 28",
      "connect 29",
      "connect 30",
    ]);
  });

  test("finds its way from a branch that the source has never heard of", async () => {
    const stale = extend(main.slice(0, 25), 3, "stale");
    const { events } = await follow([truth(main)], { held: linksOf(stale) });
    expect(replay(events, stale)).toEqual(hashesOf(main));
  });

  test("waits for a source that is behind what is held", async () => {
    const behind = await follow([truth(main.slice(0, 3)), truth(main)], { held: linksOf(main.slice(10, 29)) });
    expect(typesOf(behind)).toEqual(["connect 29"]);
    expect(behind.health[0]).toEqual({
      state: "degraded",
      reason: "its tip is block 2, but block 28 is stored; waiting for it to catch up",
    });
  });

  test.each<[Conduct, SourceHealth["state"]]>([
    ["made-up tip", "degraded"],
    ["no blocks", "down"],
    ["other blocks", "down"],
    ["old tip", "healthy"],
    ["silent", "down"],
  ])("undoes nothing for a source with %s", async (conduct, state) => {
    const rival = extend(main.slice(0, 20), 14, "rival");
    const { events, health } = await follow([{ chain: rival, conduct }], { held: linksOf(main) });
    expect(events).toEqual([]);
    expect(health.at(-1)?.state).toBe(state);
  });

  test.each([
    ["CHAIN_REORG_TOO_DEEP", linksOf(main).slice(5), 20, /reorganised below block 9 .*deeper than the 20 blocks/],
    ["CHAIN_UNKNOWN_BLOCK", linksOf(main), 100, /another chain: its block 0 is not/],
  ])("ends with %s where the fork lies below what may be undone", async (code, held, finality, says) => {
    const other = extend([], 40, "other");
    const ended = follow([truth(other)], { held, finality });
    await expect(ended).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });

  test("however long it has run, it follows a reorg of the finality and none that is deeper", async () => {
    const [fits, deeper] = [20, 21].map((depth) => extend(main.slice(0, 30 - depth), depth + 1, `${depth} deep`));
    const { events } = await follow([truth(main), truth(fits ?? [])], { finality: 20 });
    expect(replay(events)).toEqual(hashesOf(fits ?? []));
    const ended = follow([truth(main), truth(deeper ?? [])], { finality: 20 });
    await expect(ended).rejects.toMatchObject({ code: "CHAIN_REORG_TOO_DEEP" });
  });

  test("begins anew where all that is held lies within the finality and is not of the better branch", async () => {
    const rival = extend(main.slice(0, 24), 8, "rival");
    const { events } = await follow([truth(rival)], { held: linksOf(main).slice(26) });
    expect(events.map(({ type, block }) => `${type} ${block.height}`)).toEqual([
      ...[29, 28, 27, 26].map((height) => `disconnect ${height}`),
      ...[26, 27, 28, 29, 30, 31].map((height) => `connect ${height}`),
    ]);
    expect(events.at(-1)?.block.hash).toBe(rival.at(-1)?.hash);
  });

  test("a tip without the blocks that lead to it is nothing to hurry after", async () => {
    const { events, health } = await follow([{ chain: main, conduct: "tip alone" }], { held: linksOf(main) });
    expect(events).toEqual([]);
    expect(health.at(-1)?.reason).toBe("it names block 33 as its tip and does not give the blocks up to it");
  });

  test("a reorg of exactly the finality is followed", async () => {
    const rival = extend(main.slice(0, 10), 21, "rival");
    const { events } = await follow([truth(rival)], { held: linksOf(main), finality: 20 });
    expect(replay(events, main)).toEqual(hashesOf(rival));
  });

  test("an error that will not pass ends it", async () => {
    const reader = { ...scriptedNode([truth(main)], { questionsAStep: Infinity, onEnd: () => {} }).reader };
    reader.readTip = () => Promise.reject(new Error("broken"));
    const options = { reader, network: NETWORKS.regtest, held: [], firstHeight: 0, finality: 100 };
    const events = followTip({ ...options, signal: AbortSignal.timeout(5_000), onHealth: () => {} });
    await expect(events[Symbol.asyncIterator]().next()).rejects.toThrow("broken");
  });

  const conducts = fc.constantFrom<Conduct>(
    "true",
    "made-up tip",
    "tip alone",
    "no blocks",
    "other blocks",
    "old tip",
    "silent",
  );
  const reorg = fc.record({
    depth: fc.integer({ min: 1, max: 29 }),
    growth: fc.integer({ min: 1, max: 5 }),
    conduct: conducts,
  });

  test("whatever the source does for a while, the events fit each other and end at the branch with most work", async () => {
    const script = fc.record({
      reorgs: fc.array(reorg, { minLength: 1, maxLength: 6 }),
      questionsAStep: fc.integer({ min: 2, max: 40 }),
      held: fc.integer({ min: 0, max: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(script, async ({ reorgs, questionsAStep, held }) => {
        let chain: readonly ChainBlock[] = main;
        const steps: NodeStep[] = [truth(main)];
        for (const [index, { depth, growth, conduct }] of reorgs.entries()) {
          steps.push({ chain, conduct });
          chain = extend(chain.slice(0, -depth), depth + growth, `branch ${index}`);
          // Told twice, as notifications are.
          steps.push(truth(chain), truth(chain));
        }
        const links = linksOf(main.slice(0, held));
        const { events } = await follow(steps, { held: links, questionsAStep });
        expect(replay(events, links)).toEqual(hashesOf(chain));
      }),
      { numRuns: 150, seed: 819_343 },
    );
  });
});
